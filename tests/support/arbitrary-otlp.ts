/** Random OTLP messages in the JSON mapping: every field, every value type. */

import fc from 'fast-check'

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString('hex'))

export const traceIdHex = hex(16)
const spanIdHex = hex(8)

/** Instants the store can hold, as decimal strings. */
const instant = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String)
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 })
/** Well-formed text: what protobuf strings may hold. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 })

const scalar = fc.oneof(
  text.map((stringValue) => ({ stringValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ intValue: value.toString() })),
  fc.double().map((value) => ({ doubleValue: Number.isFinite(value) ? value : String(value) })),
  fc.uint8Array({ maxLength: 20 }).map((value) => ({ bytesValue: Buffer.from(value).toString('base64') })),
  fc.constant({}),
)

const { anyValue } = fc.letrec((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: scalar, weight: 5 },
    {
      arbitrary: fc.array(tie('anyValue'), { maxLength: 4 }).map((values) => ({ arrayValue: { values } })),
      weight: 1,
    },
    {
      arbitrary: fc
        .array(
          fc.record({ key: fc.oneof(text, fc.constantFrom('$', '$bytes', '$double', '$$x')), value: tie('anyValue') }),
          {
            maxLength: 4,
          },
        )
        .map((values) => ({ kvlistValue: { values } })),
      weight: 1,
    },
  ),
}))

const anyValueArbitrary = anyValue as fc.Arbitrary<Record<string, unknown>>

const attributes = fc.array(
  fc.record({
    key: fc.oneof(text, fc.constantFrom('service.name', 'http.method', '$bytes')),
    value: anyValueArbitrary,
  }),
  { maxLength: 6 },
)

const event = fc.record({ timeUnixNano: instant, name: text, attributes, droppedAttributesCount: uint32 })
const link = fc.record({
  traceId: traceIdHex,
  spanId: spanIdHex,
  traceState: text,
  attributes,
  droppedAttributesCount: uint32,
  flags: uint32,
})

export const span = fc.record({
  traceId: traceIdHex,
  spanId: spanIdHex,
  parentSpanId: fc.option(spanIdHex, { nil: '' }),
  traceState: text,
  flags: uint32,
  name: text,
  kind: fc.integer({ min: 0, max: 5 }),
  startTimeUnixNano: instant,
  endTimeUnixNano: instant,
  attributes,
  droppedAttributesCount: uint32,
  events: fc.array(event, { maxLength: 3 }),
  droppedEventsCount: uint32,
  links: fc.array(link, { maxLength: 3 }),
  droppedLinksCount: uint32,
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
})

export const logRecord = fc.record({
  timeUnixNano: instant,
  observedTimeUnixNano: instant,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  severityText: text,
  body: anyValueArbitrary,
  attributes,
  droppedAttributesCount: uint32,
  flags: uint32,
  traceId: fc.option(traceIdHex, { nil: '' }),
  spanId: fc.option(spanIdHex, { nil: '' }),
  eventName: text,
})

const entityRef = fc.record({
  schemaUrl: text,
  type: text,
  idKeys: fc.array(text, { maxLength: 2 }),
  descriptionKeys: fc.array(text, { maxLength: 2 }),
})

export const resource = fc.record({
  attributes,
  droppedAttributesCount: uint32,
  entityRefs: fc.array(entityRef, { maxLength: 2 }),
})

export const scope = fc.record({ name: text, version: text, attributes, droppedAttributesCount: uint32 })
export const schemaUrl = text

/** A request as it goes over the wire; JSON.stringify alone would write -0 as 0. */
export function jsonBytes(request: unknown): Buffer {
  return Buffer.from(JSON.stringify(request, (_key, field: unknown) => (Object.is(field, -0) ? '-0' : field)))
}

/** Requests of up to a few resources, scopes and records. */
export const traceRequest = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource,
      schemaUrl,
      scopeSpans: fc.array(
        fc.record({
          scope,
          schemaUrl,
          spans: fc.array(
            fc.tuple(span, traceIdHex).map(([each, traceId]) => ({ ...each, traceId })),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
})

export const logsRequest = fc.record({
  resourceLogs: fc.array(
    fc.record({
      resource,
      schemaUrl,
      scopeLogs: fc.array(fc.record({ scope, schemaUrl, logRecords: fc.array(logRecord, { maxLength: 3 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
})

const double = fc.double().map((value) => (Number.isFinite(value) ? value : String(value)))
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })
const count = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String)
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const numberValue = fc.oneof(
  int64.map((asInt) => ({ asInt })),
  double.map((asDouble) => ({ asDouble })),
)

const exemplar = fc
  .tuple(
    fc.record({
      timeUnixNano: instant,
      traceId: fc.option(traceIdHex, { nil: '' }),
      spanId: fc.option(spanIdHex, { nil: '' }),
      filteredAttributes: attributes,
    }),
    numberValue,
  )
  .map(([fields, value]) => ({ ...fields, ...value }))

const pointHead = fc.record({
  attributes,
  startTimeUnixNano: instant,
  timeUnixNano: instant,
  flags: fc.constantFrom(0, 1),
  exemplars: fc.array(exemplar, { maxLength: 2 }),
})

const numberPoint = fc.tuple(pointHead, optional(numberValue)).map(([head, value]) => ({ ...head, ...value }))
const histogramPoint = fc
  .tuple(
    pointHead,
    fc.record({
      count,
      sum: optional(double),
      min: optional(double),
      max: optional(double),
      bucketCounts: fc.array(count, { maxLength: 5 }),
      explicitBounds: fc.array(double, { maxLength: 4 }),
    }),
  )
  .map(([head, value]) => ({ ...head, ...value }))
const buckets = fc.record({ offset: int32, bucketCounts: fc.array(count, { maxLength: 4 }) })
const exponentialPoint = fc
  .tuple(
    pointHead,
    fc.record({
      count,
      sum: optional(double),
      min: optional(double),
      max: optional(double),
      scale: fc.integer({ min: -10, max: 20 }),
      zeroCount: count,
      zeroThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
      positive: optional(buckets),
      negative: optional(buckets),
    }),
  )
  .map(([head, value]) => ({ ...head, ...value }))
const summaryPoint = fc
  .tuple(
    pointHead,
    fc.record({
      count,
      sum: double,
      quantileValues: fc.array(fc.record({ quantile: fc.double({ min: 0, max: 1, noNaN: true }), value: double }), {
        maxLength: 3,
      }),
    }),
  )
  .map(([{ exemplars: _none, ...head }, value]) => ({ ...head, ...value }))

const temporality = fc.integer({ min: 0, max: 2 })
const points = <T>(point: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(point, { minLength: 1, maxLength: 3 })

const metricData = fc.oneof(
  points(numberPoint).map((dataPoints) => ({ gauge: { dataPoints } })),
  fc.record({
    sum: fc.record({ dataPoints: points(numberPoint), aggregationTemporality: temporality, isMonotonic: fc.boolean() }),
  }),
  fc.record({
    histogram: fc.record({ dataPoints: points(histogramPoint), aggregationTemporality: temporality }),
  }),
  fc.record({
    exponentialHistogram: fc.record({ dataPoints: points(exponentialPoint), aggregationTemporality: temporality }),
  }),
  points(summaryPoint).map((dataPoints) => ({ summary: { dataPoints } })),
)

export const metric = fc
  .tuple(fc.record({ description: text, unit: text, metadata: attributes }), metricData)
  .map(([head, data]) => ({ name: 'a.metric', ...head, ...data }))
