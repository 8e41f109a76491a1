/** Requests by time and duration, read from the same sketches the percentiles come from. */

import type { Heatmap, OverviewInput } from '#shared/contract/overview.ts'
import { DecodedSketch } from '../rollup/decoded-sketch.ts'
import { binOf, upperEdgeNs } from '../rollup/duration-bins.ts'
import type { QueryContext } from './context.ts'
import { instantOf, rollupRange } from './rollup-range.ts'
import { rollupSlices, sourceOf } from './rollup-rows.ts'

/** Bins of a sketch in one row of the heatmap: 18 make eight rows a decade, and every row ends where a bin ends. */
const binsPerRow = 18
/** Up to the longest duration there is. */
const possibleLines = Math.floor(binOf(2 ** 63) / binsPerRow) + 1

export type HeatmapInput = Omit<OverviewInput, 'compare'>

/** Errors as for the overview. */
export async function readHeatmap(context: QueryContext, input: HeatmapInput): Promise<Heatmap> {
  const { db } = context
  const source = sourceOf(db, input)
  const range = rollupRange(db, input)
  if (!range) return { startUnixNano: '0', endUnixNano: '0', stepSeconds: 10, boundsNs: [], counts: [] }
  const { startUnixSeconds, endUnixSeconds, stepSeconds } = range
  const count = Math.round((endUnixSeconds - startUnixSeconds) / stepSeconds)
  const columns = Array.from({ length: count }, () => new Float64Array(possibleLines))
  const decoded = new DecodedSketch()
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for await (const rows of rollupSlices(context, source, range)) {
    for (const row of rows) {
      const column = columns[Math.floor((row.start_unix_s - startUnixSeconds) / stepSeconds)]
      if (!column || row.in_view !== 1) continue
      const { length, bins, weights } = decoded.read(row.sketch)
      for (let index = 0; index < length; index++) {
        const line = Math.floor((bins[index] ?? 0) / binsPerRow)
        column[line] = (column[line] ?? 0) + (weights[index] ?? 0)
        if (line < lowest) lowest = line
        if (line > highest) highest = line
      }
    }
  }
  const lines = highest < lowest ? 0 : highest - lowest + 1
  return {
    startUnixNano: instantOf(startUnixSeconds),
    endUnixNano: instantOf(endUnixSeconds),
    stepSeconds,
    boundsNs: lines === 0 ? [] : Array.from({ length: lines + 1 }, (_, line) => lowerEdgeNs(lowest + line)),
    counts: columns.map((column) => Array.from(column.subarray(lowest, lowest + lines))),
  }
}

/** Where a row begins: the upper edge of the bin below it. */
function lowerEdgeNs(line: number): number {
  return line === 0 ? 0 : upperEdgeNs(line * binsPerRow - 1)
}
