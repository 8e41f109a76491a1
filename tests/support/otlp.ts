/** Small OTLP/JSON requests for tests that are about something else: name what matters, the rest is filled in. */

type Json = Record<string, unknown>

export type PlainValue = string | number | bigint | boolean

/** Hex ids of the right length from a small number. */
export const traceIdOf = (n: number): string => n.toString(16).padStart(32, '0')
export const spanIdOf = (n: number): string => n.toString(16).padStart(16, '0')

/** A moment all test data is near, in nanoseconds. */
export const epoch = 1_700_000_000_000_000_000n

export function anyValue(value: PlainValue): Json {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  return { doubleValue: Number.isFinite(value) ? value : String(value) }
}

export function keyValues(attributes: Readonly<Record<string, PlainValue>>): Json[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

export interface SpanSketch {
  readonly trace?: number
  readonly id: number
  readonly parent?: number
  readonly name?: string
  readonly kind?: number
  /** ns after `epoch`. */
  readonly start?: bigint | number
  readonly duration?: bigint | number
  readonly error?: boolean
  readonly attributes?: Readonly<Record<string, PlainValue>>
  /** Any further fields of the JSON. */
  readonly more?: Json
}

function spanJson(sketch: SpanSketch): Json {
  const start = epoch + BigInt(sketch.start ?? 0)
  return {
    traceId: traceIdOf(sketch.trace ?? 1),
    spanId: spanIdOf(sketch.id),
    ...(sketch.parent === undefined ? {} : { parentSpanId: spanIdOf(sketch.parent) }),
    name: sketch.name ?? 'work',
    kind: sketch.kind ?? 1,
    startTimeUnixNano: start.toString(),
    endTimeUnixNano: (start + BigInt(sketch.duration ?? 1000)).toString(),
    attributes: keyValues(sketch.attributes ?? {}),
    status: sketch.error ? { code: 2, message: 'failed' } : {},
    ...sketch.more,
  }
}

export interface LogSketch {
  readonly body?: string
  /** ns after `epoch`. */
  readonly at?: bigint | number
  readonly severity?: number
  readonly trace?: number
  readonly span?: number
  readonly attributes?: Readonly<Record<string, PlainValue>>
  readonly more?: Json
}

function logJson(sketch: LogSketch): Json {
  return {
    timeUnixNano: (epoch + BigInt(sketch.at ?? 0)).toString(),
    severityNumber: sketch.severity ?? 9,
    ...(sketch.body === undefined ? {} : { body: { stringValue: sketch.body } }),
    ...(sketch.trace === undefined ? {} : { traceId: traceIdOf(sketch.trace) }),
    ...(sketch.span === undefined ? {} : { spanId: spanIdOf(sketch.span) }),
    attributes: keyValues(sketch.attributes ?? {}),
    ...sketch.more,
  }
}

const resourceOf = (service: string, attributes: Readonly<Record<string, PlainValue>> = {}): Json => ({
  attributes: keyValues({ 'service.name': service, ...attributes }),
})

/** One service's spans. */
export function tracesOf(
  service: string,
  spans: readonly SpanSketch[],
  resource: Readonly<Record<string, PlainValue>> = {},
): { resourceSpans: Json[] } {
  return {
    resourceSpans: [
      {
        resource: resourceOf(service, resource),
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(spanJson) }],
      },
    ],
  }
}

/** One service's log records. */
export function logsOf(service: string, logs: readonly LogSketch[]): { resourceLogs: Json[] } {
  return {
    resourceLogs: [
      { resource: resourceOf(service), scopeLogs: [{ scope: { name: 'test' }, logRecords: logs.map(logJson) }] },
    ],
  }
}
