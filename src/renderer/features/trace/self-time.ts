/** Self time: how long a span ran while none of its children did. */

import type { WaterfallColumns } from '#shared/contract/waterfall.ts'

/** The rows right below a row. */
export function childRows({ descendants }: WaterfallColumns, row: number): readonly number[] {
  const children: number[] = []
  const end = row + (descendants[row] ?? 0)
  for (let child = row + 1; child <= end; child += (descendants[child] ?? 0) + 1) children.push(child)
  return children
}

/** Duration minus the union of the children's intervals clipped to it, ns; 0 for a span without positive duration. */
export function selfTimeNs(columns: WaterfallColumns, row: number): number {
  const start = columns.start[row] ?? 0
  const duration = columns.duration[row] ?? 0
  if (duration <= 0) return 0
  const end = start + duration
  const intervals: (readonly [from: number, to: number])[] = []
  for (const child of childRows(columns, row)) {
    const from = Math.max(start, columns.start[child] ?? 0)
    const to = Math.min(end, (columns.start[child] ?? 0) + (columns.duration[child] ?? 0))
    if (to > from) intervals.push([from, to])
  }
  intervals.sort(([a], [b]) => a - b)
  let covered = 0
  let reached = start
  for (const [from, to] of intervals) {
    if (to <= reached) continue
    covered += to - Math.max(from, reached)
    reached = to
  }
  return duration - covered
}
