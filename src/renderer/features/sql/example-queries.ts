/** The questions people bring, as statements to begin with. */

export interface ExampleQuery {
  readonly question: string
  /** What it tells, in a sentence. */
  readonly about: string
  readonly query: string
  /** Columns for a chart that shows the answer best. */
  readonly chart?: { readonly x: string; readonly y: readonly string[] }
}

export const exampleQueries: readonly ExampleQuery[] = [
  {
    question: 'Slowest operations',
    about: 'Mean and longest duration of every operation, slowest first.',
    query: `SELECT service.name AS service, operation.name AS operation,
       count(*) AS spans,
       round(avg(span.duration_ns) / 1e6, 3) AS mean_ms,
       max(span.duration_ns) / 1e6 AS max_ms
  FROM span
  JOIN operation ON operation.id = span.operation_id
  JOIN service ON service.id = operation.service_id
 GROUP BY operation.id
 ORDER BY mean_ms DESC
 LIMIT 50`,
  },
  {
    question: 'Error rate by service',
    about: 'Requests that came in, and how many of them failed.',
    query: `SELECT service.name AS service,
       count(*) AS requests,
       sum(span.status_code = 2) AS errors,
       round(100.0 * sum(span.status_code = 2) / count(*), 2) AS error_percent
  FROM span
  JOIN operation ON operation.id = span.operation_id
  JOIN service ON service.id = operation.service_id
 WHERE operation.kind IN (2, 5) -- server and consumer: what came in
 GROUP BY service.id
 ORDER BY error_percent DESC, requests DESC`,
    chart: { x: 'service', y: ['error_percent'] },
  },
  {
    question: 'N+1 calls',
    about: 'The same operation ten times or more below one parent: most likely a loop that asks for one row each.',
    query: `SELECT lower(hex(child.trace_id)) AS trace_id,
       parent_service.name AS service, parent_operation.name AS below,
       operation.name AS repeated,
       count(*) AS times,
       sum(child.duration_ns) / 1e6 AS together_ms
  FROM span AS child
  JOIN operation ON operation.id = child.operation_id
  JOIN span AS parent ON parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id
  JOIN operation AS parent_operation ON parent_operation.id = parent.operation_id
  JOIN service AS parent_service ON parent_service.id = parent_operation.service_id
 GROUP BY child.trace_id, parent.id, child.operation_id
HAVING count(*) >= 10
 ORDER BY times DESC
 LIMIT 100`,
  },
  {
    question: 'Slowest SQL statements',
    about: 'Database calls by their text, with how often they ran and how long they took together.',
    query: `SELECT coalesce(attributes ->> '$."db.query.text"', attributes ->> '$."db.statement"') AS statement,
       count(*) AS calls,
       sum(duration_ns) / 1e6 AS together_ms,
       round(avg(duration_ns) / 1e6, 3) AS mean_ms,
       max(duration_ns) / 1e6 AS max_ms
  FROM span
 WHERE statement IS NOT NULL
 GROUP BY statement
 ORDER BY together_ms DESC
 LIMIT 50`,
  },
  {
    question: 'Logs of failed traces',
    about: 'What was logged in the newest traces that hold an error.',
    query: `WITH failed AS (
  SELECT trace_id FROM trace WHERE error_count > 0 ORDER BY start_unix_nano DESC LIMIT 100
)
SELECT log_record.at_unix_nano, service.name AS service, log_record.severity_text AS severity,
       log_record.body ->> '$' AS body,
       lower(hex(log_record.trace_id)) AS trace_id
  FROM failed
  JOIN log_record ON log_record.trace_id = failed.trace_id
  JOIN service ON service.id = log_record.service_id
 ORDER BY log_record.trace_id, log_record.at_unix_nano
 LIMIT 1000`,
  },
  {
    question: 'P99 by operation',
    about: 'By nearest rank: the duration that 99 of 100 spans stay within, one that was really measured.',
    query: `WITH ranked AS (
  SELECT operation_id, duration_ns,
         row_number() OVER (PARTITION BY operation_id ORDER BY duration_ns) AS rank,
         count(*) OVER (PARTITION BY operation_id) AS n
    FROM span
)
SELECT service.name AS service, operation.name AS operation, n AS spans, duration_ns / 1e6 AS p99_ms
  FROM ranked
  JOIN operation ON operation.id = ranked.operation_id
  JOIN service ON service.id = operation.service_id
 WHERE rank = (99 * n + 99) / 100 -- the nearest rank, ceil(0.99 n)
 ORDER BY p99_ms DESC
 LIMIT 50`,
  },
  {
    question: 'Attributes that go with errors',
    about: 'Values more common on failed spans than on others: the wider the gap, the better a lead.',
    query: `WITH totals AS (
  SELECT sum(status_code = 2) AS failed, sum(status_code <> 2) AS fine FROM span
), tagged AS (
  SELECT attribute.key, attribute.value, sum(status_code = 2) AS failed, sum(status_code <> 2) AS fine
    FROM (SELECT * FROM span ORDER BY id DESC LIMIT 20000) AS span, json_each(span.attributes) AS attribute
   WHERE attribute.type <> 'object' AND attribute.type <> 'array'
   GROUP BY attribute.key, attribute.value
)
SELECT key, value, tagged.failed AS on_failed, tagged.fine AS on_others,
       round(100.0 * tagged.failed / max(1, totals.failed), 1) AS failed_percent,
       round(100.0 * tagged.fine / max(1, totals.fine), 1) AS others_percent
  FROM tagged, totals
 WHERE tagged.failed > 0
 ORDER BY failed_percent - others_percent DESC
 LIMIT 50`,
  },
  {
    question: 'Traffic per minute',
    about: 'Requests and errors over time, from the rollups: also of spans that were pruned since.',
    query: `SELECT start,
       sum(count) AS requests,
       coalesce(sum(count) FILTER (WHERE outcome <> 'ok'), 0) AS errors
  FROM rollups
 WHERE width_s = 60 AND entry = 1
 GROUP BY start
 ORDER BY start`,
    chart: { x: 'start', y: ['requests', 'errors'] },
  },
  {
    question: 'Orphan spans',
    about: 'Spans whose parent never arrived: context was lost on the way, or a service does not report.',
    query: `SELECT service.name AS service, operation.name AS operation,
       count(*) AS orphans,
       count(DISTINCT child.trace_id) AS traces,
       lower(hex(max(child.trace_id))) AS trace_id
  FROM span AS child
  JOIN operation ON operation.id = child.operation_id
  JOIN service ON service.id = operation.service_id
 WHERE child.parent_span_id IS NOT NULL
   AND NOT EXISTS (
     SELECT 1 FROM span AS parent
      WHERE parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id
   )
 GROUP BY operation.id
 ORDER BY orphans DESC
 LIMIT 100`,
  },
  {
    question: 'Biggest traces',
    about: 'Traces with the most spans, with what they began with and how long they took.',
    query: `SELECT lower(hex(trace.trace_id)) AS trace_id, trace.start_unix_nano,
       service.name AS service, operation.name AS root,
       trace.span_count, trace.error_count, trace.duration_ns
  FROM trace
  JOIN operation ON operation.id = trace.root_operation_id
  JOIN service ON service.id = operation.service_id
 ORDER BY trace.span_count DESC
 LIMIT 50`,
  },
]
