-- The tables of a Spanlight database, as the migrations leave them in a new file. A test compares the two.
-- The file is plain SQLite and yours to query. For people there are the views `spans`, `traces`, `logs` and `metrics`.
--
-- Throughout: *_unix_nano are nanoseconds since the Unix epoch; *_ns are nanoseconds; ids of traces and spans are
-- BLOBs of 16 and 8 bytes (`lower(hex(trace_id))` reads them); columns marked JSONB hold SQLite's binary JSON
-- (`json(column)` reads them, `column ->> '$."http.route"'` picks from them). What JSON can't hold is an object with
-- one key, {"$bytes": base64} or {"$double": "NaN" | "Infinity" | "-Infinity"}; other keys below the top that start
-- with $ carry one more $. dropped_*_count is what the sender says it left out.

CREATE TABLE service ( -- one row per service.name; unknown_service where a resource has none
  id INTEGER PRIMARY KEY, -- what other tables call service_id
  name TEXT NOT NULL UNIQUE, -- service.name
  span_count INTEGER NOT NULL DEFAULT 0, -- spans stored
  error_count INTEGER NOT NULL DEFAULT 0, -- of these, spans with status ERROR
  log_count INTEGER NOT NULL DEFAULT 0, -- log records stored
  last_seen_unix_nano INTEGER NOT NULL DEFAULT 0, -- start of the newest span or time of the newest other record
  point_count INTEGER NOT NULL DEFAULT 0 -- metric points stored
) STRICT;

CREATE TABLE resource ( -- where telemetry comes from, as the sender describes it; shared by many records
  id INTEGER PRIMARY KEY, -- what other tables call resource_id
  digest BLOB NOT NULL UNIQUE, -- SHA-256 of everything below: equal resources are one row
  service_id INTEGER NOT NULL REFERENCES service (id), -- the service of its service.name
  attributes BLOB NOT NULL, -- JSONB object
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0, -- attributes left out by the sender
  entity_refs BLOB, -- JSONB array of {schemaUrl, type, idKeys, descriptionKeys}; NULL for none
  schema_url TEXT NOT NULL DEFAULT '' -- schema of the resource
) STRICT;

CREATE TABLE scope ( -- the instrumentation scope (library) that made a record
  id INTEGER PRIMARY KEY, -- what other tables call scope_id
  digest BLOB NOT NULL UNIQUE, -- SHA-256 of everything below: equal scopes are one row
  name TEXT NOT NULL, -- name of the library
  version TEXT NOT NULL DEFAULT '', -- its version
  attributes BLOB NOT NULL, -- JSONB object
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0, -- attributes left out by the sender
  schema_url TEXT NOT NULL DEFAULT '' -- schema of the records in this scope
) STRICT;

CREATE TABLE operation ( -- one row per service, span name and kind
  id INTEGER PRIMARY KEY, -- what other tables call operation_id
  service_id INTEGER NOT NULL REFERENCES service (id), -- the service it belongs to
  name TEXT NOT NULL, -- span name
  kind INTEGER NOT NULL, -- 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer
  UNIQUE (service_id, name, kind)
) STRICT;

CREATE TABLE span ( -- one row per span; a span received twice is one row
  id INTEGER PRIMARY KEY, -- order of arrival
  trace_id BLOB NOT NULL, -- 16 bytes
  span_id BLOB NOT NULL, -- 8 bytes
  twin INTEGER NOT NULL DEFAULT 0, -- 0, or 1, 2, … for other spans under the same two ids
  parent_span_id BLOB, -- 8 bytes; NULL for a root
  operation_id INTEGER NOT NULL REFERENCES operation (id), -- service, name and kind
  resource_id INTEGER NOT NULL REFERENCES resource (id), -- where it ran
  scope_id INTEGER NOT NULL REFERENCES scope (id), -- what recorded it
  start_unix_nano INTEGER NOT NULL, -- start
  duration_ns INTEGER NOT NULL, -- end minus start; negative when the sender's clock jumped
  status_code INTEGER NOT NULL DEFAULT 0, -- 0 unset, 1 ok, 2 error
  status_message TEXT NOT NULL DEFAULT '', -- what the sender says about the status
  flags INTEGER NOT NULL DEFAULT 0, -- bits 0-7 W3C trace flags, 0x100 and 0x200 whether the parent is remote
  trace_state TEXT NOT NULL DEFAULT '', -- W3C tracestate
  attributes BLOB NOT NULL, -- JSONB object
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0, -- attributes left out by the sender
  events BLOB, -- JSONB array of {timeUnixNano, name, attributes, droppedAttributesCount}; NULL for none
  dropped_events_count INTEGER NOT NULL DEFAULT 0, -- events left out by the sender
  links BLOB, -- JSONB array of {traceId, spanId (hex), traceState, attributes, droppedAttributesCount, flags}; NULL for none
  dropped_links_count INTEGER NOT NULL DEFAULT 0, -- links left out by the sender
  outcome INTEGER NOT NULL DEFAULT 0 -- how rollups count it: 0 ok, 1 error, 2 implicit error (failed although its status doesn't say so)
) STRICT;
CREATE UNIQUE INDEX span_identity ON span (trace_id, span_id, twin);

CREATE TABLE span_link ( -- every link of every span, to be found from the span it points to
  linked_trace_id BLOB NOT NULL, -- trace the link points to
  linked_span_id BLOB NOT NULL, -- span the link points to
  trace_id BLOB NOT NULL, -- trace of the span that has the link
  span_id BLOB NOT NULL, -- the span that has the link
  PRIMARY KEY (linked_trace_id, linked_span_id, trace_id, span_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX span_link_source ON span_link (trace_id);

CREATE TABLE trace ( -- one summary row per trace, kept right while its spans arrive in any order
  trace_id BLOB PRIMARY KEY, -- 16 bytes
  start_unix_nano INTEGER NOT NULL, -- earliest start of a span
  end_unix_nano INTEGER NOT NULL, -- latest end of a span
  duration_ns INTEGER NOT NULL GENERATED ALWAYS AS (end_unix_nano - start_unix_nano) VIRTUAL, -- end minus start
  span_count INTEGER NOT NULL, -- spans stored, twins included
  error_count INTEGER NOT NULL, -- of these, spans with status ERROR
  root_received INTEGER NOT NULL, -- 1 once a span without a parent arrived
  root_span_id BLOB NOT NULL, -- the root; while none arrived, the span that started first
  root_operation_id INTEGER NOT NULL REFERENCES operation (id), -- operation of that span
  root_start_unix_nano INTEGER NOT NULL, -- start of that span
  service_ids TEXT NOT NULL -- JSON array of the services in it, ascending
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_start ON trace (start_unix_nano);
CREATE INDEX trace_duration ON trace (duration_ns);
CREATE INDEX trace_errors ON trace (error_count, start_unix_nano);

CREATE TABLE log_record ( -- one row per log record
  id INTEGER PRIMARY KEY, -- order of arrival
  at_unix_nano INTEGER NOT NULL, -- its time, else the observed time, else when it was received
  time_unix_nano INTEGER NOT NULL, -- its time as sent; 0 for none
  observed_time_unix_nano INTEGER NOT NULL, -- when it was observed, as sent; 0 for none
  severity_number INTEGER NOT NULL DEFAULT 0, -- 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error, 21-24 fatal
  severity_text TEXT NOT NULL DEFAULT '', -- the level as the sender calls it
  body BLOB, -- JSONB of any type; NULL for none
  attributes BLOB NOT NULL, -- JSONB object
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0, -- attributes left out by the sender
  flags INTEGER NOT NULL DEFAULT 0, -- bits 0-7 W3C trace flags
  event_name TEXT NOT NULL DEFAULT '', -- what kind of event it is, if it is one
  trace_id BLOB, -- 16 bytes; NULL outside of a trace
  span_id BLOB, -- 8 bytes; NULL outside of a span
  service_id INTEGER NOT NULL REFERENCES service (id), -- the service that logged it
  resource_id INTEGER NOT NULL REFERENCES resource (id), -- where it ran
  scope_id INTEGER NOT NULL REFERENCES scope (id) -- the logger
) STRICT;
CREATE INDEX log_time ON log_record (at_unix_nano, severity_number, service_id);
CREATE INDEX log_trace ON log_record (trace_id, at_unix_nano) WHERE trace_id IS NOT NULL;
CREATE VIRTUAL TABLE log_text USING fts5 ( -- full text of log records by log_record.id: body, event name, exception
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE received_request ( -- requests of the last minutes whose records have no identity: a retry is known by its bytes
  digest BLOB PRIMARY KEY, -- SHA-256 of the request
  received_unix_nano INTEGER NOT NULL -- when it was received first
) STRICT, WITHOUT ROWID;

CREATE TABLE tally ( -- how many records are stored, kept with every commit
  name TEXT PRIMARY KEY, -- spans, traces, logs or points
  value INTEGER NOT NULL -- how many
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_loss ( -- what was not stored or was pruned since, and why
  signal TEXT NOT NULL, -- traces, logs, metrics or rollups
  reason TEXT NOT NULL, -- why, in words
  minute_unix_nano INTEGER NOT NULL, -- start of the minute in which it happened
  count INTEGER NOT NULL, -- how many records (requests, where none could be read)
  PRIMARY KEY (signal, reason, minute_unix_nano)
) STRICT, WITHOUT ROWID;

CREATE TABLE pruned_trace ( -- traces that were deleted to keep the limits, so that a link to one says so; the newest 100000
  id INTEGER PRIMARY KEY, -- in the order they went
  trace_id BLOB NOT NULL UNIQUE, -- 16 bytes
  pruned_unix_nano INTEGER NOT NULL, -- when it went
  reason TEXT NOT NULL, -- which limit it fell to
  unfinished INTEGER NOT NULL -- 1 while rows of it are still to be deleted
) STRICT;
CREATE INDEX pruned_trace_unfinished ON pruned_trace (unfinished) WHERE unfinished = 1;

CREATE TABLE imported_range ( -- times that imports brought: the age limit counts them from when they came
  import_id TEXT NOT NULL, -- the import
  hour_unix_s INTEGER NOT NULL, -- the hour in which they came, in seconds since the Unix epoch
  start_unix_nano INTEGER NOT NULL, -- earliest time of what came
  end_unix_nano INTEGER NOT NULL, -- latest time of what came
  PRIMARY KEY (import_id, hour_unix_s)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting ( -- what was set in the app
  key TEXT PRIMARY KEY, -- name of the setting
  value TEXT NOT NULL -- its value as JSON
) STRICT, WITHOUT ROWID;

CREATE VIEW spans AS -- spans as people read them: hex ids, ISO times, names, JSON text
SELECT lower(hex(span.trace_id)) AS trace_id,
       lower(hex(span.span_id)) AS span_id,
       nullif(lower(hex(span.parent_span_id)), '') AS parent_span_id,
       service.name AS service,
       operation.name AS name,
       operation.kind AS kind,
       strftime('%Y-%m-%dT%H:%M:%S', span.start_unix_nano / 1000000000, 'unixepoch')
         || printf('.%09dZ', span.start_unix_nano % 1000000000) AS start,
       span.duration_ns / 1e6 AS duration_ms,
       span.status_code AS status_code,
       span.status_message AS status_message,
       json(span.attributes) AS attributes,
       json(resource.attributes) AS resource,
       json(span.events) AS events,
       json(span.links) AS links
  FROM span
  JOIN operation ON operation.id = span.operation_id
  JOIN service ON service.id = operation.service_id
  JOIN resource ON resource.id = span.resource_id;

CREATE VIEW traces AS -- traces as people read them, one row each
SELECT lower(hex(trace.trace_id)) AS trace_id,
       strftime('%Y-%m-%dT%H:%M:%S', trace.start_unix_nano / 1000000000, 'unixepoch')
         || printf('.%09dZ', trace.start_unix_nano % 1000000000) AS start,
       trace.duration_ns / 1e6 AS duration_ms,
       service.name AS service,
       operation.name AS name,
       trace.span_count AS span_count,
       trace.error_count AS error_count,
       trace.root_received AS root_received,
       (SELECT json_group_array(member.name)
          FROM json_each(trace.service_ids) AS listed
          JOIN service AS member ON member.id = listed.value) AS services
  FROM trace
  JOIN operation ON operation.id = trace.root_operation_id
  JOIN service ON service.id = operation.service_id;

CREATE VIEW logs AS -- log records as people read them
SELECT strftime('%Y-%m-%dT%H:%M:%S', log_record.at_unix_nano / 1000000000, 'unixepoch')
         || printf('.%09dZ', log_record.at_unix_nano % 1000000000) AS time,
       service.name AS service,
       log_record.severity_number AS severity_number,
       log_record.severity_text AS severity_text,
       CASE json_type(log_record.body) WHEN 'text' THEN log_record.body ->> '$' ELSE json(log_record.body) END AS body,
       nullif(lower(hex(log_record.trace_id)), '') AS trace_id,
       nullif(lower(hex(log_record.span_id)), '') AS span_id,
       log_record.event_name AS event_name,
       json(log_record.attributes) AS attributes,
       json(resource.attributes) AS resource
  FROM log_record
  JOIN service ON service.id = log_record.service_id
  JOIN resource ON resource.id = log_record.resource_id;

CREATE TABLE rollup ( -- golden signals of each operation by bucket of time and outcome; they outlive the spans they count
  width_s INTEGER NOT NULL, -- width of the bucket: 10, 60 or 600 seconds; every span is in one of each
  start_unix_s INTEGER NOT NULL, -- start of the bucket, in seconds since the Unix epoch
  operation_id INTEGER NOT NULL REFERENCES operation (id), -- service, name and kind
  entry INTEGER NOT NULL, -- 1 for requests: kind server or consumer, or without a parent
  outcome INTEGER NOT NULL, -- 0 ok, 1 error, 2 implicit error
  n INTEGER NOT NULL, -- spans folded
  count REAL NOT NULL, -- requests they stand for; more than n where senders sampled (ot=th in tracestate)
  sum_ns REAL NOT NULL, -- how long they took together
  min_ns INTEGER NOT NULL, -- the shortest; as well as the sketch knows where a span was counted anew as an implicit error
  max_ns INTEGER NOT NULL, -- the longest, likewise
  sketch BLOB NOT NULL, -- how long they took: counts in bins that grow by 1.6 %
  exemplars BLOB NOT NULL, -- the slowest span, then one near the P99: 8 bytes duration, 8 start, 16 trace id, 8 span id, each
  PRIMARY KEY (width_s, start_unix_s, operation_id, entry, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_rollup ( -- the same by service, and for all services together
  width_s INTEGER NOT NULL, -- width of the bucket: 10, 60 or 600 seconds
  service_id INTEGER NOT NULL, -- the service; 0 for all together
  start_unix_s INTEGER NOT NULL, -- start of the bucket, in seconds since the Unix epoch
  kind INTEGER NOT NULL, -- span kind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer
  entry INTEGER NOT NULL, -- 1 for requests
  outcome INTEGER NOT NULL, -- 0 ok, 1 error, 2 implicit error
  n INTEGER NOT NULL, -- spans folded
  count REAL NOT NULL, -- requests they stand for; more than n where senders sampled (ot=th in tracestate)
  sum_ns REAL NOT NULL, -- how long they took together
  min_ns INTEGER NOT NULL, -- the shortest; as well as the sketch knows where a span was counted anew as an implicit error
  max_ns INTEGER NOT NULL, -- the longest, likewise
  sketch BLOB NOT NULL, -- how long they took: counts in bins that grow by 1.6 %
  exemplars BLOB NOT NULL, -- the slowest span, then one near the P99: 8 bytes duration, 8 start, 16 trace id, 8 span id, each
  PRIMARY KEY (width_s, service_id, start_unix_s, kind, entry, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_bucket ( -- buckets of time that hold rollups
  width_s INTEGER NOT NULL, -- width of the bucket: 10, 60 or 600 seconds
  start_unix_s INTEGER NOT NULL, -- start of the bucket, in seconds since the Unix epoch
  revision INTEGER NOT NULL, -- of its last change: later ones have larger numbers, and none is used twice
  PRIMARY KEY (width_s, start_unix_s)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_state ( -- what is remembered about rollups as a whole
  name TEXT PRIMARY KEY, -- how far back each width reaches, how many rows and bytes there are, the last revision, and what is computed anew
  value INTEGER NOT NULL -- its value
) STRICT, WITHOUT ROWID;

CREATE TABLE apdex_threshold ( -- T of Apdex where a person set one
  service TEXT NOT NULL, -- service.name
  operation TEXT NOT NULL, -- span name
  kind INTEGER NOT NULL, -- span kind
  threshold_ns INTEGER NOT NULL, -- what satisfies takes at most this long, what is tolerated four times as long
  PRIMARY KEY (service, operation, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotation ( -- marks on every time chart, from log records named spanlight.annotation
  id INTEGER PRIMARY KEY, -- order of arrival
  start_unix_nano INTEGER NOT NULL, -- when it was, or began
  end_unix_nano INTEGER, -- when it ended; NULL for a moment, and for what goes on
  kind TEXT NOT NULL, -- fault, deployment, note, alert, or what the sender called it
  text TEXT NOT NULL, -- what happened
  service TEXT NOT NULL, -- service.name of the sender
  UNIQUE (start_unix_nano, kind, text, service)
) STRICT;

CREATE TABLE note ( -- what a person wrote about a trace, a span or a time; pruning leaves it
  id INTEGER PRIMARY KEY, -- order of writing
  trace_id BLOB, -- 16 bytes: the trace it is about; NULL for a time
  span_id BLOB, -- 8 bytes: the span of that trace; NULL for the whole trace and for a time
  at_unix_nano INTEGER NOT NULL, -- when that trace or span started, or the time itself
  end_unix_nano INTEGER, -- end of that time; NULL for a moment, a trace and a span
  about TEXT NOT NULL, -- service and name of the trace's root or of the span when the note was written; empty for a time
  text TEXT NOT NULL, -- the note
  created_unix_nano INTEGER NOT NULL, -- when it was written
  changed_unix_nano INTEGER NOT NULL -- when its text changed last
) STRICT;
CREATE INDEX note_trace ON note (trace_id);
CREATE INDEX note_time ON note (at_unix_nano);

CREATE TABLE saved_view ( -- a screen with its filters and range, or a query, under a name
  id INTEGER PRIMARY KEY, -- order of saving
  screen TEXT NOT NULL, -- overview, traces, logs, metrics or sql
  name TEXT NOT NULL, -- what the person calls it
  search TEXT NOT NULL, -- the screen's part of the address after the question mark; the query itself for sql
  created_unix_nano INTEGER NOT NULL, -- when it was saved
  UNIQUE (screen, name)
) STRICT;

CREATE VIEW rollups AS -- rollups of operations as people read them
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

CREATE TABLE metric ( -- one row per metric: a name with all that describes it
  id INTEGER PRIMARY KEY, -- what other tables call metric_id
  digest BLOB NOT NULL UNIQUE, -- SHA-256 of what describes it: equal metrics are one row
  name TEXT NOT NULL, -- metric name
  type TEXT NOT NULL, -- kind of its points, such as gauge, sum or histogram
  unit TEXT NOT NULL DEFAULT '', -- unit of its values
  description TEXT NOT NULL DEFAULT '', -- what the sender says it measures
  temporality INTEGER NOT NULL DEFAULT 0, -- 0 unspecified, 1 delta, 2 cumulative
  monotonic INTEGER NOT NULL DEFAULT 0, -- 1 for a sum that only grows
  metadata BLOB, -- JSONB object; NULL for none
  service_ids TEXT NOT NULL DEFAULT '[]', -- JSON array of the services that sent it
  series_count INTEGER NOT NULL DEFAULT 0, -- series stored
  point_count INTEGER NOT NULL DEFAULT 0, -- points stored
  last_time_unix_nano INTEGER -- time of the newest point ever received; NULL before the first
) STRICT;
CREATE INDEX metric_name ON metric (name);

CREATE TABLE series ( -- one stream of a metric: same sender, same attributes
  id INTEGER PRIMARY KEY, -- what other tables call series_id
  digest BLOB NOT NULL UNIQUE, -- SHA-256 of everything below: equal series are one row
  metric_id INTEGER NOT NULL REFERENCES metric (id), -- the metric
  service_id INTEGER NOT NULL REFERENCES service (id), -- the service that measured it
  resource_id INTEGER NOT NULL REFERENCES resource (id), -- where it ran
  scope_id INTEGER NOT NULL REFERENCES scope (id), -- the meter
  attributes BLOB NOT NULL -- JSONB object
) STRICT;
CREATE INDEX series_metric ON series (metric_id);

CREATE TABLE point ( -- one row per data point
  id INTEGER PRIMARY KEY, -- order of arrival
  series_id INTEGER NOT NULL REFERENCES series (id), -- the series it belongs to
  time_unix_nano INTEGER NOT NULL, -- when it was measured
  start_unix_nano INTEGER NOT NULL DEFAULT 0, -- since when it counts; 0 for unknown
  flags INTEGER NOT NULL DEFAULT 0, -- bit 0: no value was recorded
  int_value INTEGER, -- the value of a gauge or sum of integers
  double_value REAL, -- the value of a gauge or sum of doubles
  count INTEGER, -- how many values a histogram or summary has seen
  sum REAL, -- their sum
  min REAL, -- the smallest of them
  max REAL, -- the largest of them
  detail BLOB -- JSONB object: buckets or quantiles, and what the columns can't hold
) STRICT;
CREATE INDEX point_series ON point (series_id, time_unix_nano);

CREATE TABLE exemplar ( -- single measurements behind a point, most with the trace they were made in
  id INTEGER PRIMARY KEY, -- order of arrival
  point_id INTEGER NOT NULL REFERENCES point (id) ON DELETE CASCADE, -- the point it stands for
  time_unix_nano INTEGER NOT NULL, -- when it was measured
  int_value INTEGER, -- its value, if an integer
  double_value REAL, -- its value, if a double
  detail BLOB, -- JSONB object: what the columns can't hold; NULL for nothing
  trace_id BLOB, -- 16 bytes; NULL outside of a trace
  span_id BLOB, -- 8 bytes; NULL outside of a span
  attributes BLOB NOT NULL -- JSONB object: attributes that the series leaves out
) STRICT;
CREATE INDEX exemplar_point ON exemplar (point_id);

CREATE VIEW metrics AS -- metric points as people read them
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
