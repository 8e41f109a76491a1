/** Documents of one file → batches of records, and what of them is refused with its line. */

import type { LogBatch, MetricBatch, Rejections, TraceBatch } from '#shared/model/batch.ts'
import { MalformedPayload } from '../wire/decode-error.ts'
import type { DecodeContext, JsonFormat } from '../wire/import-format.ts'
import { parseJson } from '../wire/json-fields.ts'
import type { OtlpDocument } from '../wire/otlp-document.ts'
import { decodeLogsJson } from '../wire/otlp-logs-json.ts'
import { decodeLogsProtobuf } from '../wire/otlp-logs-protobuf.ts'
import { decodeMetricsJson } from '../wire/otlp-metrics-json.ts'
import { decodeMetricsProtobuf } from '../wire/otlp-metrics-protobuf.ts'
import { signalOfProtobuf } from '../wire/otlp-signal-protobuf.ts'
import { decodeTracesJson } from '../wire/otlp-traces-json.ts'
import { decodeTracesProtobuf } from '../wire/otlp-traces-protobuf.ts'
import { TracesWalk } from '../wire/otlp-traces-walk.ts'
import type { Document } from './document.ts'
import { jsonFormats, otlpFormat } from './formats.ts'

export interface Batches {
  readonly traces?: TraceBatch
  readonly logs?: LogBatch
  readonly metrics?: MetricBatch
}

/** Receives what comes out of a file. */
export interface Intake {
  batch(batches: Batches): void
  /** `line` is null where there are none. */
  refuse(line: number | null, reason: string, count: number): void
  format(name: string): void
}

interface Value {
  readonly value: unknown
  readonly bytes: Buffer
  readonly line: number
}

/** Beyond this many documents more than it could read itself, walking is given up. */
const maxVainWalks = 100

/** Documents of one file that are JSON, each of whichever format it is. */
export class JsonDocuments {
  readonly #context: DecodeContext
  readonly #walk = new TracesWalk()
  #vainWalks = 0

  constructor(context: DecodeContext) {
    this.#context = context
  }

  /** Most are spans of OTLP that can be walked; the rest is parsed. */
  decode(documents: readonly Document[], intake: Intake): void {
    const rest = documents.filter(({ bytes }) => !this.#add(bytes))
    if (rest.length < documents.length) intake.format(otlpFormat.name)
    const traces = this.#walk.take()
    if (traces) intake.batch({ traces })
    if (rest.length > 0) decodeParsed(rest, this.#context, intake)
  }

  #add(bytes: Buffer): boolean {
    if (this.#vainWalks > maxVainWalks) return false
    const isAdded = this.#walk.add(bytes)
    this.#vainWalks = isAdded ? Math.max(0, this.#vainWalks - 1) : this.#vainWalks + 1
    return isAdded
  }
}

function decodeParsed(documents: readonly Document[], context: DecodeContext, intake: Intake): void {
  const byFormat = new Map<JsonFormat, Value[]>()
  for (const { bytes, line } of documents) {
    const value = orRefuse(intake, line, () => parseJson(bytes))
    if (value === undefined) continue
    const format = jsonFormats.find((each) => each.recognises(value))
    if (!format) intake.refuse(line, 'JSON of a kind that is not known', 1)
    else {
      const values = byFormat.get(format)
      if (values) values.push({ value, bytes, line })
      else byFormat.set(format, [{ value, bytes, line }])
    }
  }
  for (const [format, values] of byFormat) {
    intake.format(format.name)
    const decode = (some: readonly Value[]): Batches => {
      const originals = some.map(({ bytes }) => bytes)
      return decodeOtlp(
        format.toOtlp(
          some.map(({ value }) => value),
          context,
          originals,
        ),
      )
    }
    decodeTogether(values, decode, intake)
  }
}

export function decodeProtobufDocuments(documents: readonly Document[], intake: Intake): void {
  intake.format('OTLP protobuf')
  for (const { bytes, line } of documents) {
    const batches = orRefuse(intake, line, () => decodeProtobuf(bytes))
    if (batches) take(intake, batches, line)
  }
}

/** All at once, which is fastest; only when something is refused, one by one to learn which lines. */
function decodeTogether(values: readonly Value[], decode: (values: readonly Value[]) => Batches, intake: Intake): void {
  if (values.length > 1) {
    try {
      const batches = decode(values)
      if (!hasRejections(batches)) {
        intake.batch(batches)
        return
      }
    } catch (error) {
      if (!(error instanceof MalformedPayload)) throw error
    }
  }
  for (const value of values) {
    const { line } = value
    const batches = orRefuse(intake, line, () => decode([value]))
    if (batches) take(intake, batches, line)
  }
}

/** Batches, and what of them was rejected. */
export function take(intake: Intake, batches: Batches, line: number | null): void {
  for (const { rejected } of all(batches)) {
    for (const [reason, count] of rejected) intake.refuse(line, reason, count)
  }
  intake.batch(batches)
}

function hasRejections(batches: Batches): boolean {
  return all(batches).some(({ rejected }) => rejected.size > 0)
}

function all({ traces, logs, metrics }: Batches): { readonly rejected: Rejections }[] {
  return [traces, logs, metrics].filter((batch) => batch !== undefined)
}

function decodeOtlp(document: OtlpDocument): Batches {
  const { resourceSpans, resourceLogs, resourceMetrics } = document
  return {
    ...(resourceSpans && { traces: decodeTracesJson({ resourceSpans }) }),
    ...(resourceLogs && { logs: decodeLogsJson({ resourceLogs }) }),
    ...(resourceMetrics && { metrics: decodeMetricsJson({ resourceMetrics }) }),
  }
}

function decodeProtobuf(message: Buffer): Batches {
  const signal = signalOfProtobuf(message)
  if (signal === 'traces') return { traces: decodeTracesProtobuf(message) }
  if (signal === 'logs') return { logs: decodeLogsProtobuf(message) }
  return signal === 'metrics' ? { metrics: decodeMetricsProtobuf(message) } : {}
}

function orRefuse<T>(intake: Intake, line: number, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof MalformedPayload)) throw error
    intake.refuse(line, error.message, 1)
    return undefined
  }
}
