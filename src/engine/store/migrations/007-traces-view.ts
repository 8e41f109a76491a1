/** Traces as people read them, beside the views of spans, logs and metrics. */

export const sql = /* sql */ `
CREATE VIEW traces AS
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
`
