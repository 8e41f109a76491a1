/** Jaeger's JSON as its UI documents it (jaeger-ui, `packages/jaeger-ui/src/types/trace.ts`, and the API's own output). */

import { z } from 'zod'

const micros = z.number().nonnegative().refine(Number.isInteger, 'must be whole microseconds')
const tag = z.discriminatedUnion('type', [
  z.strictObject({ key: z.string(), type: z.literal('string'), value: z.string() }),
  z.strictObject({ key: z.string(), type: z.literal('bool'), value: z.boolean() }),
  z.strictObject({ key: z.string(), type: z.literal('int64'), value: z.number() }),
  z.strictObject({ key: z.string(), type: z.literal('float64'), value: z.union([z.number(), z.string()]) }),
  z.strictObject({ key: z.string(), type: z.literal('binary'), value: z.base64() }),
])
const id = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))

const span = z.strictObject({
  traceID: id(32),
  spanID: id(16),
  flags: z.number().int(),
  operationName: z.string(),
  references: z.array(
    z.strictObject({ refType: z.enum(['CHILD_OF', 'FOLLOWS_FROM']), traceID: id(32), spanID: id(16) }),
  ),
  startTime: micros,
  duration: micros,
  tags: z.array(tag),
  logs: z.array(z.strictObject({ timestamp: micros, fields: z.array(tag) })),
  processID: z.string(),
  warnings: z.array(z.string()).nullable(),
})

const trace = z
  .strictObject({
    traceID: id(32),
    spans: z.array(span).min(1),
    processes: z.record(z.string(), z.strictObject({ serviceName: z.string().min(1), tags: z.array(tag) })),
    warnings: z.null(),
  })
  .refine(({ spans, processes }) => spans.every(({ processID }) => processID in processes), 'a process is missing')
  .refine(({ traceID, spans }) => spans.every((each) => each.traceID === traceID), 'a span of another trace')

export const jaegerFile = z.strictObject({
  data: z.array(trace),
  total: z.number(),
  limit: z.number(),
  offset: z.number(),
  errors: z.null(),
})
