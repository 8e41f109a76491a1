/** One trace of an HTML file: its columns, spans and logs as blocks, all of them redacted alike. */

import {
  type ExportedTrace,
  type LogLine,
  lineTags,
  type ResourceLine,
  type ScopeLine,
  type SpanLine,
} from '#shared/contract/html-export.ts'
import { decodeWaterfall, encodeWaterfall } from '#shared/contract/waterfall.ts'
import { toHex } from '#shared/model/ids.ts'
import type { Placed, ResourceData, ScopeData } from '#shared/model/telemetry-data.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { statement } from '../queries/statements.ts'
import { logsOfTrace, spansOfTrace } from '../queries/stored-rows.ts'
import { traceSummary } from '../queries/trace-summary.ts'
import { traceWaterfall } from '../queries/waterfall.ts'
import { resourceJson, scopeJson } from '../wire/otlp-json-encode.ts'
import { logJson } from '../wire/otlp-logs-json-encode.ts'
import { spanJson } from '../wire/otlp-traces-json-encode.ts'
import type { ExportTally } from './export-tally.ts'
import { htmlBlock } from './html-blocks.ts'
import { logOfRow, Places, spanOfRow } from './record-of-row.ts'
import type { Redactor } from './redactor.ts'

export interface HtmlTraceOptions {
  readonly redactor: Redactor
  readonly tally: ExportTally
  /** Place of the trace in the file. */
  readonly index: number
  readonly withLogs: boolean
  /** Whether the file holds a trace: links from others lead nowhere. */
  readonly isInFile: (traceId: string) => boolean
}

/** Yields the blocks and returns what the manifest says of the trace. Throws NOT_FOUND when it was deleted meanwhile. */
export async function* htmlTrace(
  context: QueryContext,
  traceId: string,
  options: HtmlTraceOptions,
): AsyncGenerator<string, ExportedTrace> {
  const { redactor, index, withLogs, tally } = options
  const summary = traceSummary(context, { traceId })
  const names = new Map<string, string>()
  const counts = { logs: 0 }
  yield* htmlBlock(`spans-${index}`, spanLines(context, traceId, { ...options, names }))
  yield* htmlBlock(`logs-${index}`, withLogs ? logLines(context, traceId, { redactor, tally, counts }) : [])
  // Names are those the spans were given, so that no value counts as replaced twice.
  const named = (name: string): string => names.get(name) ?? redactor.text('span name', name)
  const columns = decodeWaterfall((await traceWaterfall(context, { traceId })).buffer as ArrayBuffer)
  const redacted = encodeWaterfall({
    ...columns,
    services: columns.services.map(named),
    operations: columns.operations.map((operation) => ({ ...operation, name: named(operation.name) })),
  })
  yield* htmlBlock(`columns-${index}`, [redacted])
  tally.note({ kind: 'trace', traceId, spans: [], logs: [], notes: [], last: true })
  return {
    ...summary,
    rootService: named(summary.rootService),
    rootOperation: named(summary.rootOperation),
    services: summary.services.map(named),
    logCount: counts.logs,
  }
}

async function* spanLines(
  { db, signal }: QueryContext,
  traceId: string,
  { redactor, tally, isInFile, names }: HtmlTraceOptions & { readonly names: Map<string, string> },
): AsyncGenerator<string> {
  const id = Buffer.from(traceId, 'hex')
  const linkedFrom = linksTo(db, id, isInFile)
  const places = new Places(db)
  const at = new PlaceLines()
  for (const rows of spansOfTrace(db, id)) {
    const spans = rows.map((row) => {
      const span = redactor.span(spanOfRow(places, row))
      names.set(row.name, span.name)
      names.set(row.service, span.resource.serviceName)
      return { key: `${span.spanId}.${row.twin}`, span }
    })
    let lines = ''
    for (const { key, span } of spans) {
      const sources = linkedFrom.get(span.spanId)
      const line: SpanLine = { span: spanJson(span), ...(sources === undefined ? {} : { linkedFrom: sources }) }
      lines += `${at.before(span)}${key}\t${JSON.stringify(line)}\n`
    }
    tally.note({ kind: 'trace', traceId, spans: spans.map(({ span }) => span), logs: [], notes: [], last: false })
    yield lines
    await breathe(signal)
  }
}

interface LogLineOptions extends Pick<HtmlTraceOptions, 'redactor' | 'tally'> {
  readonly counts: { logs: number }
}

async function* logLines(
  { db, signal }: QueryContext,
  traceId: string,
  { redactor, tally, counts }: LogLineOptions,
): AsyncGenerator<string> {
  const places = new Places(db)
  const at = new PlaceLines()
  for (const rows of logsOfTrace(db, Buffer.from(traceId, 'hex'))) {
    let lines = ''
    const logs = rows.map((row) => redactor.log(logOfRow(places, row)))
    for (const [index, log] of logs.entries()) {
      const line: LogLine = { log: logJson(log), at: (rows[index]?.at_unix_nano ?? log.timeUnixNano).toString() }
      lines += `${at.before(log)}${lineTags.log}\t${JSON.stringify(line)}\n`
    }
    counts.logs += logs.length
    tally.note({ kind: 'trace', traceId, spans: [], logs, notes: [], last: false })
    yield lines
    await breathe(signal)
  }
}

/** Names resource and scope of the records to come whenever they are others than before. */
class PlaceLines {
  #resource: ResourceData | undefined
  #scope: ScopeData | undefined

  before({ resource, scope }: Placed): string {
    let lines = ''
    if (resource !== this.#resource) {
      const line: ResourceLine = { service: resource.serviceName, resource: resourceJson(resource) }
      lines += `${lineTags.resource}\t${JSON.stringify(line)}\n`
    }
    if (scope !== this.#scope) {
      const line: ScopeLine = { scope: scopeJson(scope) }
      lines += `${lineTags.scope}\t${JSON.stringify(line)}\n`
    }
    this.#resource = resource
    this.#scope = scope
    return lines
  }
}

type LinkSource = { readonly traceId: string; readonly spanId: string }

/** By the span they point to, those from traces that are in the file. */
function linksTo(
  db: QueryContext['db'],
  traceId: Buffer,
  isInFile: (traceId: string) => boolean,
): ReadonlyMap<string, readonly LinkSource[]> {
  const rows = statement(
    db,
    'SELECT linked_span_id, trace_id, span_id FROM span_link WHERE linked_trace_id = ? LIMIT 10000',
  ).all(traceId) as { linked_span_id: Buffer; trace_id: Buffer; span_id: Buffer }[]
  const inFile = rows.filter((row) => isInFile(toHex(row.trace_id)))
  const byTarget = Map.groupBy(inFile, (row) => toHex(row.linked_span_id))
  return new Map(
    [...byTarget].map(([spanId, sources]) => [
      spanId,
      sources.map((row) => ({ traceId: toHex(row.trace_id), spanId: toHex(row.span_id) })),
    ]),
  )
}
