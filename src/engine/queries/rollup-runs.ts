/** A cover cut into runs of buckets whose sums stay true while time goes on: whole steps of the history, and what is left at its ends. */

import type { CoverPiece, RollupCover } from './rollup-range.ts'

export interface RollupRun {
  /** In the order of time. */
  readonly pieces: readonly CoverPiece[]
  readonly untilUnixSeconds: number
  /** Of whole steps; undefined where the run is a part of one, or no history was asked for. */
  readonly stepSeconds: number | undefined
}

/** In the order of time; none is empty. */
export function runsOf(cover: RollupCover): RollupRun[] {
  const { startUnixSeconds: start, endUnixSeconds: end, pieces, historySeconds: step } = cover
  if (step === undefined) {
    return pieces.map((piece) => ({
      pieces: [piece],
      untilUnixSeconds: piece.untilUnixSeconds,
      stepSeconds: undefined,
    }))
  }
  const first = Math.min(end, Math.ceil(start / step) * step)
  const last = Math.max(first, Math.floor(end / step) * step)
  return [
    { from: start, until: first, stepSeconds: undefined },
    { from: first, until: last, stepSeconds: step },
    { from: last, until: end, stepSeconds: undefined },
  ].flatMap(({ from, until, stepSeconds }) =>
    from < until ? [{ pieces: piecesWithin(pieces, from, until), untilUnixSeconds: until, stepSeconds }] : [],
  )
}

/** What of the pieces lies in [from, until), which are edges of buckets. */
export function piecesWithin(pieces: readonly CoverPiece[], from: number, until: number): CoverPiece[] {
  return pieces
    .map(({ widthSeconds, fromUnixSeconds, untilUnixSeconds }) => ({
      widthSeconds,
      fromUnixSeconds: Math.max(from, fromUnixSeconds),
      untilUnixSeconds: Math.min(until, untilUnixSeconds),
    }))
    .filter(({ fromUnixSeconds, untilUnixSeconds }) => fromUnixSeconds < untilUnixSeconds)
}
