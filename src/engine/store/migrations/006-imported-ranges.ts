/** What files brought: times in the past don't tell how long data has been here. */

export const sql = /* sql */ `
CREATE TABLE imported_range (
  import_id TEXT NOT NULL,
  hour_unix_s INTEGER NOT NULL,
  start_unix_nano INTEGER NOT NULL,
  end_unix_nano INTEGER NOT NULL,
  PRIMARY KEY (import_id, hour_unix_s)
) STRICT, WITHOUT ROWID;
`
