/** Finds spans within one trace by any text they carry. */

import { toHex } from '#shared/model/ids.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'

/** Spans whose name, service, ids, status, attributes, events or links contain `text`, ASCII letters in either case. */
export async function findInTrace(
  { db, signal }: QueryContext,
  { traceId, text }: { traceId: string; text: string },
): Promise<{ spans: { spanId: string; twin: number }[] }> {
  const texts = ['operation.name', 'service.name', 'hex(span.span_id)', 'span.status_message']
  const documents = ['span.attributes', 'span.events', 'span.links', 'resource.attributes']
  const found = [
    ...texts.map((column) => `instr(lower(${column}), @needle) > 0`),
    ...documents.map((column) => `instr(lower(ifnull(json(${column}), '')), @escaped) > 0`),
  ].join(' OR ')
  const statement = db
    .prepare(
      `SELECT span.span_id, span.twin, ${found} AS found
         FROM span
         JOIN operation ON operation.id = span.operation_id
         JOIN service ON service.id = operation.service_id
         JOIN resource ON resource.id = span.resource_id
        WHERE span.trace_id = @trace AND (span.span_id, span.twin) > (@spanId, @twin)
        ORDER BY span.span_id, span.twin LIMIT @limit`,
    )
    .raw()
  const id = Buffer.from(traceId, 'hex')
  // As SQLite's lower() does it, which leaves all but ASCII alone.
  const needle = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  // Within a JSON document a quote, a backslash or a line break stands escaped.
  const escaped = JSON.stringify(needle).slice(1, -1)
  const spans: { spanId: string; twin: number }[] = []
  const slices = new SliceSize()
  let position: readonly [Buffer, bigint] = [Buffer.alloc(0), -1n]
  for (;;) {
    const rows = slices.time(
      (count) =>
        statement.all({ trace: id, spanId: position[0], needle, escaped, limit: count, twin: position[1] }) as [
          Buffer,
          bigint,
          bigint,
        ][],
    )
    for (const [spanId, twin, found] of rows) {
      if (found === 1n) spans.push({ spanId: toHex(spanId), twin: Number(twin) })
    }
    const last = rows.at(-1)
    if (!last) return { spans }
    position = [last[0], last[1]]
    await breathe(signal)
  }
}
