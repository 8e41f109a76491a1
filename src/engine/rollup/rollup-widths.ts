/** The widths rollups are kept in: fine for what is new, coarse for what is old. */

export interface RollupWidth {
  /** Buckets are aligned to whole multiples of this since the epoch. */
  readonly seconds: number
  /** How far back from the newest data buckets of this width reach; null as long as rollups are kept at all. */
  readonly keptSeconds: number | null
}

/** Every span is folded into all of them, so that each width alone is true and a coarser one needs no finer one. */
export const rollupWidths = [
  { seconds: 10, keptSeconds: 2 * 3600 },
  { seconds: 60, keptSeconds: 2 * 86_400 },
  { seconds: 600, keptSeconds: null },
] as const satisfies readonly RollupWidth[]

export const finestSeconds = 10
/** All other widths divide it. */
export const coarsestSeconds = 600
