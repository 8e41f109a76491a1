/** Input pieces shared by several procedures. */

import { z } from 'zod'
import { isTraceIdHex } from '../model/ids.ts'
import { parseUnixNano } from '../model/time.ts'

const defaultLimit = 100
const maxLimit = 1000

/** An instant: nanoseconds since the Unix epoch as a decimal string. */
export const instant = z
  .string()
  .refine((text) => parseUnixNano(text) !== undefined, 'must be nanoseconds since the Unix epoch as a decimal string')
  .meta({ description: 'Nanoseconds since the Unix epoch as a decimal string', examples: ['1795336500000000000'] })

/** A duration or offset in nanoseconds. */
export const durationNs = z.coerce.number().nonnegative().meta({ description: 'Nanoseconds' })

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(maxLimit)
  .default(defaultLimit)
  .meta({ description: `How many at most; ${defaultLimit} unless told, at most ${maxLimit}` })

export const cursor = z.string().meta({ description: '`nextCursor` of the page before' })

export const traceId = z
  .string()
  .refine(isTraceIdHex, 'must be 32 hex digits, not all zero')
  .transform((text) => text.toLowerCase())
  .meta({ description: '32 hex digits' })

export const spanId = z
  .string()
  .regex(/^(?!0{16})[0-9a-fA-F]{16}$/, 'must be 16 hex digits, not all zero')
  .transform((text) => text.toLowerCase())
  .meta({ description: '16 hex digits' })

/** `true`, `false`, `1` or `0`. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1')

/** Half-open range: `start` is included, `end` is not. */
export const timeRange = { start: instant.optional(), end: instant.optional() }
