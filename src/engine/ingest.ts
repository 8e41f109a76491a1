/** The spine: decode → write → say what changed. Each payload gets its own outcome, many share one transaction. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { LogBatch, MetricBatch, Rejections, Signal, TraceBatch } from '#shared/model/batch.ts'
import type { Outcome, PayloadFormat } from '#shared/model/outcome.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { storeErrorOf } from './store/store-error.ts'
import type { Added, ServiceCounts, StoreWriter } from './store/write.ts'
import { MalformedPayload } from './wire/decode-error.ts'
import { parseJson } from './wire/json-fields.ts'
import { decodeLogsJson } from './wire/otlp-logs-json.ts'
import { decodeLogsProtobuf } from './wire/otlp-logs-protobuf.ts'
import { decodeMetricsJson } from './wire/otlp-metrics-json.ts'
import { decodeMetricsProtobuf } from './wire/otlp-metrics-protobuf.ts'
import { decodeTracesJson } from './wire/otlp-traces-json.ts'
import { decodeTracesProtobuf } from './wire/otlp-traces-protobuf.ts'
import { zipkinToOtlp } from './wire/zipkin-json.ts'

export interface Payload {
  readonly signal: Signal
  readonly encoding: PayloadFormat
  readonly bytes: Buffer
}

export interface Committed {
  /** One per payload, in the order given. */
  readonly outcomes: readonly Outcome[]
  readonly added: Added
  readonly services: readonly ServiceCounts[]
  /** Why the store couldn't be written, if it couldn't. */
  readonly problem: SpanlightError | undefined
}

type Decoded =
  | { readonly signal: 'traces'; readonly batch: TraceBatch }
  | { readonly signal: 'logs'; readonly batch: LogBatch }
  | { readonly signal: 'metrics'; readonly batch: MetricBatch }
  | { readonly signal: 'none'; readonly attempted: Signal; readonly message: string }

const retryAfterSeconds = 5
const nothing: Added = { spans: 0, traces: 0, logs: 0, points: 0 }

/** Decodes and stores payloads in one transaction. Never throws: what went wrong is in the outcomes. */
export function ingest(store: StoreWriter, payloads: readonly Payload[], databasePath: string): Committed {
  const decoded = payloads.map(decode)
  try {
    const added = store.transaction(() => writeAll(store, payloads, decoded))
    return { outcomes: decoded.map(outcomeOf), added, services: store.takeServiceCounts(), problem: undefined }
  } catch (error) {
    const problem = problemOf(error, databasePath)
    const message = `not stored: ${problem.message}`
    return {
      outcomes: payloads.map(() => ({ kind: 'unavailable', message, retryAfterSeconds })),
      added: nothing,
      services: [],
      problem,
    }
  }
}

function decode({ signal, encoding, bytes }: Payload): Decoded {
  try {
    if (encoding === 'zipkin') return { signal: 'traces', batch: decodeZipkin(bytes) }
    if (signal === 'traces') {
      return { signal, batch: encoding === 'json' ? decodeTracesJson(bytes) : decodeTracesProtobuf(bytes) }
    }
    if (signal === 'metrics') {
      return { signal, batch: encoding === 'json' ? decodeMetricsJson(bytes) : decodeMetricsProtobuf(bytes) }
    }
    return { signal, batch: encoding === 'json' ? decodeLogsJson(bytes) : decodeLogsProtobuf(bytes) }
  } catch (error) {
    const known = error instanceof MalformedPayload
    return { signal: 'none', attempted: signal, message: known ? error.message : `can't be read: ${String(error)}` }
  }
}

function decodeZipkin(bytes: Buffer): TraceBatch {
  const fallbackUnixNano = fromUnixMillis(Date.now())
  return decodeTracesJson({ ...zipkinToOtlp([parseJson(bytes)], { service: undefined, fallbackUnixNano }) })
}

function writeAll(store: StoreWriter, payloads: readonly Payload[], decoded: readonly Decoded[]): Added {
  const now = fromUnixMillis(Date.now())
  const traces: TraceBatch[] = []
  const logs: LogBatch[] = []
  const metrics: MetricBatch[] = []
  for (const [index, item] of decoded.entries()) {
    const payload = payloads[index]
    if (item.signal === 'none') {
      store.counts.addLoss(item.attempted, 'malformed request', 1, now)
      continue
    }
    for (const [reason, count] of item.batch.rejected) store.counts.addLoss(item.signal, reason, count, now)
    if (item.signal === 'traces') traces.push(item.batch)
    else if (payload && isNews(store, payload, item.batch.records.length, now)) {
      if (item.signal === 'logs') logs.push(item.batch)
      else metrics.push(item.batch)
    }
  }
  const fromTraces = traces.length === 0 ? nothing : store.writeTraces(traces, now)
  const fromLogs = logs.length === 0 ? nothing : store.writeLogs(logs, now)
  const fromMetrics = metrics.length === 0 ? nothing : store.writeMetrics(metrics, now)
  return {
    spans: fromTraces.spans,
    traces: fromTraces.traces,
    logs: fromLogs.logs,
    points: fromMetrics.points,
  }
}

/** Logs and points have no identity of their own: a retry is recognised by its bytes. */
function isNews(store: StoreWriter, payload: Payload, recordCount: number, now: bigint): boolean {
  return recordCount > 0 && store.isNewRequest(payload.signal, payload.bytes, now)
}

function outcomeOf(item: Decoded): Outcome {
  if (item.signal === 'none') return { kind: 'invalid', message: item.message }
  const { rejected } = item.batch
  const kept = item.signal === 'metrics' ? keptPoints(item.batch) : item.batch.records.length
  const count = [...rejected.values()].reduce((sum, each) => sum + each, 0)
  const message = summarize(rejected)
  if (count > 0 && kept === 0) return { kind: 'invalid', message }
  return { kind: 'committed', rejected: count, message }
}

function keptPoints(batch: MetricBatch): number {
  return batch.records.reduce((sum, { points }) => sum + points.length, 0)
}

function summarize(rejected: Rejections): string {
  return [...rejected].map(([reason, count]) => `${count} rejected: ${reason}`).join('; ')
}

function problemOf(error: unknown, databasePath: string): SpanlightError {
  const known = storeErrorOf(error, databasePath)
  if (known instanceof SpanlightError) return known
  return new SpanlightError('INTERNAL', `The data couldn't be stored: ${String(error)}`)
}
