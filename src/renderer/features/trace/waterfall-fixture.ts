/** Waterfall columns for tests: rows of a tree written down in pre-order. */

import type { WaterfallColumns } from '#shared/contract/waterfall.ts'

export interface FixtureRow {
  readonly depth: number
  readonly start?: number
  readonly duration?: number
  readonly service?: string
  readonly name?: string
  readonly error?: boolean
  readonly flags?: number
  readonly twin?: number
  /** Gives the span another id than its row number + 1. */
  readonly id?: number
}

/** Rows must be in pre-order: each at most one deeper than the one before. */
export function waterfallOf(rows: readonly FixtureRow[]): WaterfallColumns {
  const count = rows.length
  const parent = new Int32Array(count).fill(-1)
  const descendants = new Uint32Array(count)
  const path: number[] = []
  rows.forEach(({ depth }, row) => {
    path.length = depth
    parent[row] = path[depth - 1] ?? -1
    for (const above of path) descendants[above] = (descendants[above] ?? 0) + 1
    path.push(row)
  })
  const services = [...new Set(rows.map(({ service }) => service ?? 'shop'))]
  const names = [...new Set(rows.map(({ service, name }) => `${service ?? 'shop'} ${name ?? 'work'}`))]
  const spanIds = new Uint8Array(count * 8)
  const view = new DataView(spanIds.buffer)
  rows.forEach(({ id }, row) => {
    view.setUint32(row * 8, 0xabcdef01)
    view.setUint32(row * 8 + 4, id ?? row + 1)
  })
  const start = Float64Array.from(rows, (row) => row.start ?? 0)
  const duration = Float64Array.from(rows, (row) => row.duration ?? 1000)
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    startUnixNano: 1_795_336_500_000_000_000n,
    durationNs: rows.reduce((end, _, row) => Math.max(end, (start[row] ?? 0) + (duration[row] ?? 0)), 0),
    services,
    operations: names.map((full) => ({
      service: services.findIndex((service) => full.startsWith(`${service} `)),
      name: full.slice(full.indexOf(' ') + 1),
      kind: 1,
    })),
    rowCount: count,
    spanIds,
    twins: Uint8Array.from(rows, (row) => row.twin ?? 0),
    operation: Uint32Array.from(rows, ({ service, name }) => names.indexOf(`${service ?? 'shop'} ${name ?? 'work'}`)),
    parent,
    depth: Uint32Array.from(rows, ({ depth }) => depth),
    start,
    duration,
    status: Uint8Array.from(rows, ({ error }) => (error ? 2 : 0)),
    flags: Uint16Array.from(rows, (row) => row.flags ?? 0),
    descendants,
    eventRow: new Uint32Array(0),
    eventOffset: new Float64Array(0),
    eventIsException: new Uint8Array(0),
  }
}

/** Depths of a random tree in pre-order from any list of numbers. */
export function depthsFrom(numbers: readonly number[]): readonly number[] {
  let last = -1
  return numbers.map((number) => {
    last = Math.abs(number) % (last + 2)
    return last
  })
}
