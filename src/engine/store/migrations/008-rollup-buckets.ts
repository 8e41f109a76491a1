/** Which buckets hold rollups, and which change was their last: a reader keeps sums of those that didn't change. */

export const sql = /* sql */ `
CREATE TABLE rollup_bucket (
  width_s INTEGER NOT NULL,
  start_unix_s INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (width_s, start_unix_s)
) STRICT, WITHOUT ROWID;

INSERT INTO rollup_bucket (width_s, start_unix_s, revision)
SELECT DISTINCT width_s, start_unix_s, 0 FROM service_rollup
 WHERE width_s IN (10, 60, 600) AND service_id = 0;
`
