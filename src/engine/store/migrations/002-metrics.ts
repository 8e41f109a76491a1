/** Metrics: what they are, their series, their points and exemplars. */

export const sql = /* sql */ `
CREATE TABLE metric (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  unit TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  temporality INTEGER NOT NULL DEFAULT 0,
  monotonic INTEGER NOT NULL DEFAULT 0,
  metadata BLOB,
  service_ids TEXT NOT NULL DEFAULT '[]',
  series_count INTEGER NOT NULL DEFAULT 0,
  point_count INTEGER NOT NULL DEFAULT 0,
  last_time_unix_nano INTEGER
) STRICT;
CREATE INDEX metric_name ON metric (name);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  metric_id INTEGER NOT NULL REFERENCES metric (id),
  service_id INTEGER NOT NULL REFERENCES service (id),
  resource_id INTEGER NOT NULL REFERENCES resource (id),
  scope_id INTEGER NOT NULL REFERENCES scope (id),
  attributes BLOB NOT NULL
) STRICT;
CREATE INDEX series_metric ON series (metric_id);

CREATE TABLE point (
  id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series (id),
  time_unix_nano INTEGER NOT NULL,
  start_unix_nano INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  int_value INTEGER,
  double_value REAL,
  count INTEGER,
  sum REAL,
  min REAL,
  max REAL,
  detail BLOB
) STRICT;
CREATE INDEX point_series ON point (series_id, time_unix_nano);

CREATE TABLE exemplar (
  id INTEGER PRIMARY KEY,
  point_id INTEGER NOT NULL REFERENCES point (id) ON DELETE CASCADE,
  time_unix_nano INTEGER NOT NULL,
  int_value INTEGER,
  double_value REAL,
  detail BLOB,
  trace_id BLOB,
  span_id BLOB,
  attributes BLOB NOT NULL
) STRICT;
CREATE INDEX exemplar_point ON exemplar (point_id);

ALTER TABLE service ADD COLUMN point_count INTEGER NOT NULL DEFAULT 0;

CREATE VIEW metrics AS
SELECT metric.name AS name,
       service.name AS service,
       metric.type AS type,
       metric.unit AS unit,
       strftime('%Y-%m-%dT%H:%M:%S', point.time_unix_nano / 1000000000, 'unixepoch')
         || printf('.%09dZ', point.time_unix_nano % 1000000000) AS time,
       coalesce(point.int_value, point.double_value) AS value,
       point.count AS count,
       point.sum AS sum,
       point.min AS min,
       point.max AS max,
       json(point.detail) AS detail,
       json(series.attributes) AS attributes,
       json(resource.attributes) AS resource
  FROM point
  JOIN series ON series.id = point.series_id
  JOIN metric ON metric.id = series.metric_id
  JOIN service ON service.id = series.service_id
  JOIN resource ON resource.id = series.resource_id;
`
