/** The first schema: services, resources, scopes, operations, spans, traces, logs, and what is counted about them. */

export const sql = /* sql */ `
CREATE TABLE service (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  span_count INTEGER NOT NULL DEFAULT 0,
  error_count INTEGER NOT NULL DEFAULT 0,
  log_count INTEGER NOT NULL DEFAULT 0,
  last_seen_unix_nano INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE resource (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  service_id INTEGER NOT NULL REFERENCES service (id),
  attributes BLOB NOT NULL,
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0,
  entity_refs BLOB,
  schema_url TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE scope (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT '',
  attributes BLOB NOT NULL,
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0,
  schema_url TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  service_id INTEGER NOT NULL REFERENCES service (id),
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  UNIQUE (service_id, name, kind)
) STRICT;

CREATE TABLE span (
  id INTEGER PRIMARY KEY,
  trace_id BLOB NOT NULL,
  span_id BLOB NOT NULL,
  twin INTEGER NOT NULL DEFAULT 0,
  parent_span_id BLOB,
  operation_id INTEGER NOT NULL REFERENCES operation (id),
  resource_id INTEGER NOT NULL REFERENCES resource (id),
  scope_id INTEGER NOT NULL REFERENCES scope (id),
  start_unix_nano INTEGER NOT NULL,
  duration_ns INTEGER NOT NULL,
  status_code INTEGER NOT NULL DEFAULT 0,
  status_message TEXT NOT NULL DEFAULT '',
  flags INTEGER NOT NULL DEFAULT 0,
  trace_state TEXT NOT NULL DEFAULT '',
  attributes BLOB NOT NULL,
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0,
  events BLOB,
  dropped_events_count INTEGER NOT NULL DEFAULT 0,
  links BLOB,
  dropped_links_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX span_identity ON span (trace_id, span_id, twin);

CREATE TABLE span_link (
  linked_trace_id BLOB NOT NULL,
  linked_span_id BLOB NOT NULL,
  trace_id BLOB NOT NULL,
  span_id BLOB NOT NULL,
  PRIMARY KEY (linked_trace_id, linked_span_id, trace_id, span_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trace (
  trace_id BLOB PRIMARY KEY,
  start_unix_nano INTEGER NOT NULL,
  end_unix_nano INTEGER NOT NULL,
  duration_ns INTEGER NOT NULL GENERATED ALWAYS AS (end_unix_nano - start_unix_nano) VIRTUAL,
  span_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  root_received INTEGER NOT NULL,
  root_span_id BLOB NOT NULL,
  root_operation_id INTEGER NOT NULL REFERENCES operation (id),
  root_start_unix_nano INTEGER NOT NULL,
  service_ids TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_start ON trace (start_unix_nano);
CREATE INDEX trace_duration ON trace (duration_ns);
CREATE INDEX trace_errors ON trace (error_count, start_unix_nano);

CREATE TABLE log_record (
  id INTEGER PRIMARY KEY,
  at_unix_nano INTEGER NOT NULL,
  time_unix_nano INTEGER NOT NULL,
  observed_time_unix_nano INTEGER NOT NULL,
  severity_number INTEGER NOT NULL DEFAULT 0,
  severity_text TEXT NOT NULL DEFAULT '',
  body BLOB,
  attributes BLOB NOT NULL,
  dropped_attributes_count INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  event_name TEXT NOT NULL DEFAULT '',
  trace_id BLOB,
  span_id BLOB,
  service_id INTEGER NOT NULL REFERENCES service (id),
  resource_id INTEGER NOT NULL REFERENCES resource (id),
  scope_id INTEGER NOT NULL REFERENCES scope (id)
) STRICT;
CREATE INDEX log_time ON log_record (at_unix_nano, severity_number, service_id);
CREATE INDEX log_trace ON log_record (trace_id, at_unix_nano) WHERE trace_id IS NOT NULL;
CREATE VIRTUAL TABLE log_text USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE received_request (
  digest BLOB PRIMARY KEY,
  received_unix_nano INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_loss (
  signal TEXT NOT NULL,
  reason TEXT NOT NULL,
  minute_unix_nano INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (signal, reason, minute_unix_nano)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW spans AS
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

CREATE VIEW logs AS
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
`
