/** The Overview around a mark: a minute before it, and a minute after its end. */

import type { LabAnnotation } from '#shared/contract/loadlab-status.ts'

const marginNanos = 60_000_000_000n

export function markSearch({ startUnixNano, endUnixNano }: Pick<LabAnnotation, 'startUnixNano' | 'endUnixNano'>): {
  readonly range: undefined
  readonly start: string
  readonly end: string | undefined
  readonly service: undefined
} {
  return {
    range: undefined,
    start: String(BigInt(startUnixNano) - marginNanos),
    end: endUnixNano === null ? undefined : String(BigInt(endUnixNano) + marginNanos),
    service: undefined,
  }
}
