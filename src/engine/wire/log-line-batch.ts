/** Log lines as OTLP/JSON: resources by service, JSON values as attributes, the line itself beside them. */

import { toHex } from '#shared/model/ids.ts'
import { unknownService } from '#shared/model/span.ts'
import { depthOf } from './json-depth.ts'
import type { LogLine } from './log-line.ts'
import { maxDepth } from './otlp-common-protobuf.ts'

/** Where lines come from. */
export interface LogLineOrigin {
  /** `service.name` of all lines; without it, what a line tells, then `fallbackService`. */
  readonly service?: string | undefined
  readonly fallbackService?: string | undefined
  /** False for a file that nobody watched while it was written: its lines have no time of observation. */
  readonly isWatched?: boolean
  /** Attributes of every record, such as `log.file.name`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined
}

type Json = { readonly [key: string]: unknown }
type Pairs = readonly (readonly [key: string, value: unknown])[]

const originalKey = 'log.record.original'

export class LogLineBatch {
  readonly #origin: LogLineOrigin
  readonly #fixed: Pairs
  #byService = new Map<string, Json[]>()

  constructor(origin: LogLineOrigin) {
    this.#origin = origin
    this.#fixed = Object.entries(origin.attributes ?? {})
  }

  add(line: LogLine, original: string, observedUnixNano: bigint): void {
    const { service, fallbackService } = this.#origin
    const name = service ?? line.service ?? fallbackService ?? unknownService
    const records = this.#byService.get(name) ?? []
    if (records.length === 0) this.#byService.set(name, records)
    records.push(this.#record(line, original, observedUnixNano))
  }

  /** The `resourceLogs` of what was added since the last call. */
  take(): Json[] {
    const groups = [...this.#byService].map(([service, logRecords]) => ({
      resource: { attributes: keyValues([['service.name', service]]) },
      scopeLogs: [{ scope: {}, logRecords }],
    }))
    this.#byService = new Map()
    return groups
  }

  #record(line: LogLine, original: string, observedUnixNano: bigint): Json {
    const isKept = depthOf(line.body) <= maxDepth && line.attributes.every(([, value]) => depthOf(value) < maxDepth)
    // Too deep for attributes: the line as text has everything.
    const attributes = isKept ? [...line.attributes, ...this.#fixed, [originalKey, original] as const] : this.#fixed
    return {
      timeUnixNano: line.timeUnixNano.toString(),
      observedTimeUnixNano: observedUnixNano.toString(),
      severityNumber: line.severityNumber,
      severityText: line.severityText.toWellFormed(),
      body: anyValue(isKept && line.body !== null ? line.body : original),
      attributes: keyValues(attributes),
      flags: line.flags,
      ...(line.traceId && { traceId: toHex(line.traceId) }),
      ...(line.spanId && { spanId: toHex(line.spanId) }),
    }
  }
}

function keyValues(pairs: Pairs): Json[] {
  return pairs.map(([key, value]) => ({ key: key.toWellFormed(), value: anyValue(value) }))
}

/** A JSON value as OTLP's `AnyValue`. */
function anyValue(value: unknown): Json {
  if (typeof value === 'string') return { stringValue: value.toWellFormed() }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? integer(value) : double(Number(value))
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? integer(value) : double(value)
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  if (typeof value === 'object' && value !== null) return { kvlistValue: { values: keyValues(Object.entries(value)) } }
  return {}
}

function integer(value: bigint | number): Json {
  return { intValue: value.toString() }
}

/** JSON has no infinities, which a number like `1e999` is, and no negative zero. */
function double(value: number): Json {
  return { doubleValue: Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value) }
}
