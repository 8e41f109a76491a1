/** Operations with their golden signals over a range, largest share of time first. */

import { defaultApdexThresholdNs, type OperationListInput, type OperationSignals } from '#shared/contract/operations.ts'
import { spanKindName } from '#shared/model/span.ts'
import { relativeError } from '../rollup/duration-bins.ts'
import { emptyCell, mergeCell, quantileOf } from '../rollup/rollup-cell.ts'
import { apdexOf } from '../signals/apdex.ts'
import type { ReadDb } from '../store/database.ts'
import type { QueryContext } from './context.ts'
import type { OperationSums } from './operation-cells.ts'
import { sumOperations } from './operation-sums.ts'
import { percentileMethod } from './overview.ts'
import { instantOf, type RollupCover, rollupCover } from './rollup-range.ts'
import { serviceIdOf } from './rollup-rows.ts'

const maxOperations = 1000
/** With more operations than this their shares are found first, and sketches read for the largest alone. */
const maxOpenSketches = 2000

export interface OperationList {
  readonly startUnixNano: string
  readonly endUnixNano: string
  readonly method: string
  readonly relativeError: number
  readonly operations: OperationSignals[]
  readonly operationCount: number
}

/** Errors: BAD_INPUT for an end before the start, NOT_FOUND for an unknown service, CANCELLED. */
export async function listOperationSignals(context: QueryContext, input: OperationListInput): Promise<OperationList> {
  const { db } = context
  const serviceId = input.service === undefined ? undefined : serviceIdOf(db, input.service)
  const cover = rollupCover(db, input, input.history)
  const method = { method: percentileMethod, relativeError }
  if (!cover) return { startUnixNano: '0', endUnixNano: '0', ...method, operations: [], operationCount: 0 }
  const filter = { serviceId, view: input.view }
  const largest = await largestShares(context, cover, filter)
  const all = await sumOperations(context, cover, { ...filter, only: largest?.listed })
  const shares = largest?.shares ?? sharesOf(all)
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  const listed = largestOf(shares)
  const named = namesOf(db, listed)
  const seconds = cover.endUnixSeconds - cover.startUnixSeconds
  return {
    startUnixNano: instantOf(cover.startUnixSeconds),
    endUnixNano: instantOf(cover.endUnixSeconds),
    ...method,
    operations: listed.flatMap((id) => {
      const [name, sums] = [named.get(id), all.get(id)]
      return name && sums ? [signalsOf(name, sums, { seconds, total, share: shares.get(id) ?? 0, cover })] : []
    }),
    operationCount: shares.size,
  }
}

/** Nanoseconds of every operation, and those to list; undefined where there are so few that all are read in one pass. */
async function largestShares(
  context: QueryContext,
  cover: RollupCover,
  filter: { readonly serviceId: number | undefined; readonly view: OperationListInput['view'] },
): Promise<{ readonly shares: ReadonlyMap<number, number>; readonly listed: readonly number[] } | undefined> {
  const known = context.db.prepare('SELECT count(*) FROM operation').pluck().safeIntegers(false).get() as number
  if (known <= maxOpenSketches) return undefined
  const shares = sharesOf(await sumOperations(context, cover, { ...filter, withoutSketches: true }))
  return { shares, listed: largestOf(shares) }
}

function sharesOf(all: ReadonlyMap<number, OperationSums>): Map<number, number> {
  return new Map(Array.from(all, ([id, { ok, failed }]) => [id, ok.sumNs + failed.sumNs]))
}

function largestOf(shares: ReadonlyMap<number, number>): number[] {
  return [...shares]
    .sort((left, right) => right[1] - left[1])
    .slice(0, maxOperations)
    .map(([id]) => id)
}

interface OperationName {
  readonly service: string
  readonly operation: string
  readonly kind: number
  readonly threshold: number | null
}

function namesOf(db: ReadDb, ids: readonly number[]): Map<number, OperationName> {
  const rows = db
    .prepare(
      `SELECT operation.id, service.name AS service, operation.name AS operation, operation.kind, threshold_ns AS threshold
         FROM operation JOIN service ON service.id = operation.service_id
         LEFT JOIN apdex_threshold ON apdex_threshold.service = service.name
              AND apdex_threshold.operation = operation.name AND apdex_threshold.kind = max(operation.kind, 1)
        WHERE operation.id IN (SELECT value FROM json_each(?))`,
    )
    .safeIntegers(false)
    .all(JSON.stringify(ids)) as (OperationName & { readonly id: number })[]
  return new Map(rows.map((row) => [row.id, row]))
}

function signalsOf(
  name: OperationName,
  { ok, failed, errors, implicitErrors, history }: OperationSums,
  { seconds, total, share, cover }: { seconds: number; total: number; share: number; cover: RollupCover },
): OperationSignals {
  const all = failed.n === 0 ? ok : emptyCell()
  if (all !== ok) {
    mergeCell(all, ok)
    mergeCell(all, failed)
  }
  const thresholdNs = name.threshold ?? defaultApdexThresholdNs
  return {
    service: name.service,
    operation: name.operation,
    kind: spanKindName(name.kind),
    requests: all.count,
    ratePerSecond: seconds === 0 ? 0 : all.count / seconds,
    errors,
    errorRatio: all.count === 0 ? 0 : errors / all.count,
    implicitErrors,
    n: all.n,
    p50Ns: quantileOf(all, 0.5),
    p95Ns: quantileOf(all, 0.95),
    p99Ns: quantileOf(all, 0.99),
    shareOfTime: total === 0 ? 0 : share / total,
    apdex: apdexOf(ok.sketch, all.count, thresholdNs),
    apdexThresholdNs: thresholdNs,
    ...(cover.historySeconds === undefined ? {} : { p99History: historyOf(history, cover, cover.historySeconds) }),
  }
}

function historyOf(history: readonly number[], cover: RollupCover, step: number): (number | null)[] {
  const first = cover.startUnixSeconds - (cover.startUnixSeconds % step)
  const p99s: (number | null)[] = new Array(Math.ceil((cover.endUnixSeconds - first) / step)).fill(null)
  for (let index = 0; index < history.length; index += 2) {
    p99s[((history[index] ?? 0) - first) / step] = history[index + 1] ?? null
  }
  return p99s
}
