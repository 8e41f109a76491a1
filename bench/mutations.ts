/**
 * Feeds a million broken payloads to the decoders: valid requests with bits flipped, bytes cut out, repeated, inserted
 * or replaced. Counts how they end; anything but "decoded" or "malformed" and anything slow is a defect.
 */

import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { MalformedPayload } from '../src/engine/wire/decode-error.ts'
import { decodeLogsJson } from '../src/engine/wire/otlp-logs-json.ts'
import { decodeLogsProtobuf } from '../src/engine/wire/otlp-logs-protobuf.ts'
import { decodeMetricsJson } from '../src/engine/wire/otlp-metrics-json.ts'
import { decodeMetricsProtobuf } from '../src/engine/wire/otlp-metrics-protobuf.ts'
import { decodeTracesJson } from '../src/engine/wire/otlp-traces-json.ts'
import { decodeTracesProtobuf } from '../src/engine/wire/otlp-traces-protobuf.ts'
import type { Batch, Signal } from '../src/shared/model/batch.ts'
import type { Encoding } from '../src/shared/model/outcome.ts'
import { jsonBytes, logRecord, metric, resource, schemaUrl, scope, span } from '../tests/support/arbitrary-otlp.ts'
import { encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../tests/support/oracle.ts'
import { commandLine, machineFacts } from './machine.ts'

const samplesPerSignal = 60
/** A payload of a few kilobytes that takes longer than this to refuse would be a way to stall the writer. */
const slowMs = 250

interface Sample {
  readonly name: string
  readonly bytes: Buffer
  readonly decode: (bytes: Buffer) => Batch<unknown>
}

const decoders: Record<Signal, Record<Encoding, (bytes: Buffer) => Batch<unknown>>> = {
  traces: { protobuf: decodeTracesProtobuf, json: decodeTracesJson },
  logs: { protobuf: decodeLogsProtobuf, json: decodeLogsJson },
  metrics: { protobuf: decodeMetricsProtobuf, json: decodeMetricsJson },
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
  })
  const count = Number(values.count)
  const seed = Number(values.seed)
  if (!(count > 0)) throw new Error('--count is a number above 0')
  console.log(`${commandLine('mutations', args)}\n${machineFacts()}`)
  const samples = samplesOf(seed)
  const random = randomOf(seed)
  const ends = { decoded: 0, malformed: 0 }
  let slowest = 0
  const startedAt = performance.now()
  for (let index = 0; index < count; index++) {
    const sample = samples[index % samples.length] as Sample
    const bytes = mutate(sample.bytes, random)
    const decodingAt = performance.now()
    try {
      sample.decode(bytes)
      ends.decoded++
    } catch (error) {
      if (!(error instanceof MalformedPayload)) {
        console.error(`${sample.name}, payload ${index} of seed ${seed}: ${bytes.toString('base64')}`)
        throw error
      }
      ends.malformed++
    }
    slowest = Math.max(slowest, performance.now() - decodingAt)
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`
payloads          ${count.toLocaleString('en')} of ${samples.length} samples, three signals, protobuf and JSON, seed ${seed}
still decoded     ${ends.decoded.toLocaleString('en')} (records that can't be kept are counted by reason)
refused           ${ends.malformed.toLocaleString('en')} as malformed
anything else     0 (the first would have ended this run)
slowest           ${slowest.toFixed(1)} ms${slowest > slowMs ? ' – TOO SLOW' : ''}
time              ${seconds.toFixed(0)} s`)
  if (slowest > slowMs) process.exitCode = 1
}

function samplesOf(seed: number): Sample[] {
  const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: samplesPerSignal, seed })
  const frame = { resource, schemaUrl, scope }
  const traces = sample(fc.record({ ...frame, span })).map(({ resource, schemaUrl, scope, span }) => ({
    resourceSpans: [{ resource, schemaUrl, scopeSpans: [{ scope, spans: [span, span] }] }],
  }))
  const logs = sample(fc.record({ ...frame, logRecord })).map(({ resource, schemaUrl, scope, logRecord }) => ({
    resourceLogs: [{ resource, schemaUrl, scopeLogs: [{ scope, logRecords: [logRecord, logRecord] }] }],
  }))
  const metrics = sample(fc.record({ ...frame, metric })).map(({ resource, schemaUrl, scope, metric }) => ({
    resourceMetrics: [{ resource, schemaUrl, scopeMetrics: [{ scope, metrics: [metric, metric] }] }],
  }))
  const both = (signal: Signal, request: unknown, protobuf: Buffer): Sample[] => [
    { name: `${signal} as protobuf`, bytes: protobuf, decode: decoders[signal].protobuf },
    { name: `${signal} as JSON`, bytes: jsonBytes(request), decode: decoders[signal].json },
  ]
  return [
    ...traces.flatMap((request) => both('traces', request, encodeRequest(TraceRequest, request))),
    ...logs.flatMap((request) => both('logs', request, encodeRequest(LogsRequest, request))),
    ...metrics.flatMap((request) => both('metrics', request, encodeRequest(MetricsRequest, request))),
  ]
}

/** A whole number below `limit`. */
type Random = (limit: number) => number

/** xorshift32: repeatable from its seed. */
function randomOf(seed: number): Random {
  let state = seed | 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

function mutate(original: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original)
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(bytes.length + 1)
    const length = random(Math.min(40, bytes.length - at) + 1)
    switch (random(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random(8))
        break
      case 1:
        bytes = bytes.subarray(0, at)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)])
        break
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), noise(random(40), random), bytes.subarray(at)])
        break
      default:
        noise(length, random).copy(bytes, at)
    }
  }
  return bytes
}

/** Bytes that mean something to a parser more often than chance would have it. */
const telling = Buffer.from([
  0x00, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a, 0x30, 0x2d, 0x65,
])

function noise(length: number, random: Random): Buffer {
  return Buffer.from(
    Array.from({ length }, () => (random(2) === 0 ? random(256) : (telling[random(telling.length)] as number))),
  )
}
