/**
 * When a series began: senders report one from its first measurement on, with the start of the process. If the same process
 * was heard of before without it, it counted nothing until then; so the first error of an hour is seen when it happened.
 */

import { typicalInterval } from '../signals/gaps.ts'
import type { ReadDb } from '../store/database.ts'
import { statement } from './statements.ts'

/** Other series of the process that are looked at. */
const maxCompanions = 5
/** Series that came before it among which they are looked for: those of a process come together. */
const nearbySeries = 10_000
/** Processes one question looks for companions of. */
const maxResources = 50
/** Their points before the birth: enough to know their rhythm. */
const rhythmPoints = 5
/** Heard of for less than so many intervals, the process may have been new as well, or its older points are pruned. */
const heardForIntervals = 2.5

export class SeriesBirths {
  readonly #db: ReadDb
  readonly #companions = new Map<bigint, readonly bigint[]>()

  constructor(db: ReadDb) {
    this.#db = db
  }

  /** The time at which the series, first heard of at `time`, didn't exist yet; undefined when that can't be told. */
  bornAfter(series: number, time: bigint): bigint | undefined {
    for (const companion of this.#companionsOf(series)) {
      const times = statement(
        this.#db,
        'SELECT time_unix_nano AS time FROM point WHERE series_id = ? AND time_unix_nano < ? ORDER BY time_unix_nano DESC LIMIT ?',
      ).all([companion, time, rhythmPoints]) as { time: bigint }[]
      const ages = times.map((each) => Number(time - each.time))
      const interval = ages.length < rhythmPoints ? undefined : typicalInterval(ages)
      const [newest = 0] = ages
      const oldest = ages.at(-1) ?? 0
      if (interval === undefined) continue
      // A companion that fell silent says nothing of what the process did since.
      if (newest > heardForIntervals * interval || oldest < heardForIntervals * interval) continue
      return time - BigInt(Math.round(interval))
    }
    return undefined
  }

  #companionsOf(series: number): readonly bigint[] {
    const row = statement(this.#db, 'SELECT resource_id FROM series WHERE id = ?').get(series) as
      | { resource_id: bigint }
      | undefined
    if (!row) return []
    let companions = this.#companions.get(row.resource_id)
    if (!companions) {
      if (this.#companions.size >= maxResources) return []
      const rows = statement(
        this.#db,
        'SELECT id FROM series WHERE id >= ? AND id < ? AND resource_id = ? ORDER BY id LIMIT ?',
      ).all([series - nearbySeries, series, row.resource_id, maxCompanions]) as { id: bigint }[]
      companions = rows.map(({ id }) => id)
      this.#companions.set(row.resource_id, companions)
    }
    return companions.filter((id) => Number(id) !== series)
  }
}
