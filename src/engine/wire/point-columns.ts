/**
 * What a data point keeps in its JSON column, whatever format it came in:
 * `bucketCounts` and `explicitBounds` of a histogram; `scale`, `zeroCount`, `zeroThreshold`, `positive` and `negative`
 * (`offset`, `bucketCounts`) of an exponential one; `quantileValues` of a summary; and `doubleValue`, `sum`, `min` or
 * `max` when it is NaN or -0, which SQLite stores as NULL and 0.
 */

import type { Packed } from '#shared/model/jsonb.ts'
import { RejectedRecord, reasons } from './decode-error.ts'
import type { JsonbWriter } from './jsonb-writer.ts'

export interface Buckets {
  readonly offset: number
  readonly bucketCounts: readonly (bigint | number)[]
}

export interface QuantileValue {
  readonly quantile: number
  readonly value: number
}

export interface PointDetail {
  readonly doubleValue?: number | null
  readonly sum?: number | null
  readonly min?: number | null
  readonly max?: number | null
  readonly bucketCounts?: readonly (bigint | number)[]
  readonly explicitBounds?: readonly number[]
  readonly scale?: number
  readonly zeroCount?: bigint
  readonly zeroThreshold?: number
  readonly positive?: Buckets | null
  readonly negative?: Buckets | null
  readonly quantileValues?: readonly QuantileValue[]
}

const doubleNames = ['doubleValue', 'sum', 'min', 'max'] as const

function isSpecial(value: number): boolean {
  return Number.isNaN(value) || Object.is(value, -0)
}

/** Null when everything fits into the point's own columns. */
export function packDetail(writer: JsonbWriter, detail: PointDetail): Packed | null {
  writer.begin()
  const object = writer.openContainer()
  const empty = writer.mark()
  for (const name of doubleNames) {
    const value = detail[name]
    if (typeof value === 'number' && isSpecial(value)) writeField(writer, name, () => writer.double(value))
  }
  if (detail.bucketCounts?.length) {
    const counts = detail.bucketCounts
    writeField(writer, 'bucketCounts', () => writeIntegers(writer, counts))
  }
  if (detail.explicitBounds?.length) {
    const bounds = detail.explicitBounds
    writeField(writer, 'explicitBounds', () => writeDoubles(writer, bounds))
  }
  writeExponential(writer, detail)
  if (detail.quantileValues?.length) {
    const quantiles = detail.quantileValues
    writeField(writer, 'quantileValues', () => writeQuantiles(writer, quantiles))
  }
  if (writer.mark() === empty) return null
  writer.closeObject(object)
  return writer.take()
}

function writeExponential(writer: JsonbWriter, detail: PointDetail): void {
  const { scale, zeroCount, zeroThreshold } = detail
  if (scale) writeField(writer, 'scale', () => writer.integer(scale))
  if (zeroCount) writeField(writer, 'zeroCount', () => writer.integer(zeroCount))
  if (zeroThreshold) writeField(writer, 'zeroThreshold', () => writer.double(zeroThreshold))
  for (const name of ['positive', 'negative'] as const) {
    const buckets = detail[name]
    if (!buckets) continue
    writeField(writer, name, () => {
      const object = writer.openContainer()
      writeField(writer, 'offset', () => writer.integer(buckets.offset))
      writeField(writer, 'bucketCounts', () => writeIntegers(writer, buckets.bucketCounts))
      writer.closeObject(object)
    })
  }
}

function writeField(writer: JsonbWriter, name: string, write: () => void): void {
  writer.text(name)
  write()
}

function writeIntegers(writer: JsonbWriter, values: readonly (bigint | number)[]): void {
  const list = writer.openContainer()
  for (const value of values) writer.integer(value)
  writer.closeArray(list)
}

function writeDoubles(writer: JsonbWriter, values: readonly number[]): void {
  const list = writer.openContainer()
  for (const value of values) writer.double(value)
  writer.closeArray(list)
}

function writeQuantiles(writer: JsonbWriter, values: readonly QuantileValue[]): void {
  const list = writer.openContainer()
  for (const { quantile, value } of values) {
    const object = writer.openContainer()
    writeField(writer, 'quantile', () => writer.double(quantile))
    writeField(writer, 'value', () => writer.double(value))
    writer.closeObject(object)
  }
  writer.closeArray(list)
}

/** Counts are unsigned on the wire and signed in SQLite. */
export function checkedCount(count: bigint): bigint {
  if (count >= 2n ** 63n || count < 0n) throw new RejectedRecord(reasons.count)
  return count
}
