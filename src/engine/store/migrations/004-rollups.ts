/** Rollups for golden signals, annotations, and what a person wants of an operation's latency. */

export const sql = /* sql */ `
ALTER TABLE span ADD COLUMN outcome INTEGER NOT NULL DEFAULT 0;

CREATE TABLE rollup (
  width_s INTEGER NOT NULL,
  start_unix_s INTEGER NOT NULL,
  operation_id INTEGER NOT NULL REFERENCES operation (id),
  entry INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  n INTEGER NOT NULL,
  count REAL NOT NULL,
  sum_ns REAL NOT NULL,
  min_ns INTEGER NOT NULL,
  max_ns INTEGER NOT NULL,
  sketch BLOB NOT NULL,
  exemplars BLOB NOT NULL,
  PRIMARY KEY (width_s, start_unix_s, operation_id, entry, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_rollup (
  width_s INTEGER NOT NULL,
  service_id INTEGER NOT NULL,
  start_unix_s INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  n INTEGER NOT NULL,
  count REAL NOT NULL,
  sum_ns REAL NOT NULL,
  min_ns INTEGER NOT NULL,
  max_ns INTEGER NOT NULL,
  sketch BLOB NOT NULL,
  exemplars BLOB NOT NULL,
  PRIMARY KEY (width_s, service_id, start_unix_s, kind, entry, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_state (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE apdex_threshold (
  service TEXT NOT NULL,
  operation TEXT NOT NULL,
  kind INTEGER NOT NULL,
  threshold_ns INTEGER NOT NULL,
  PRIMARY KEY (service, operation, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  start_unix_nano INTEGER NOT NULL,
  end_unix_nano INTEGER,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  service TEXT NOT NULL,
  UNIQUE (start_unix_nano, kind, text, service)
) STRICT;

INSERT INTO rollup_state (name, value)
SELECT 'rebuild_after_span', 0 WHERE EXISTS (SELECT 1 FROM span)
UNION ALL SELECT 'rebuild_until_span', (SELECT max(id) FROM span) WHERE EXISTS (SELECT 1 FROM span)
UNION ALL SELECT 'rebuild_from_unix_s', 0 WHERE EXISTS (SELECT 1 FROM span);

CREATE VIEW rollups AS
SELECT rollup.width_s AS width_s,
       strftime('%Y-%m-%dT%H:%M:%SZ', rollup.start_unix_s, 'unixepoch') AS start,
       service.name AS service,
       operation.name AS operation,
       operation.kind AS kind,
       rollup.entry AS entry,
       CASE rollup.outcome WHEN 0 THEN 'ok' WHEN 1 THEN 'error' ELSE 'implicit error' END AS outcome,
       rollup.count AS count,
       rollup.sum_ns / rollup.count / 1e6 AS mean_ms,
       rollup.min_ns / 1e6 AS min_ms,
       rollup.max_ns / 1e6 AS max_ms
  FROM rollup
  JOIN operation ON operation.id = rollup.operation_id
  JOIN service ON service.id = operation.service_id;
`
