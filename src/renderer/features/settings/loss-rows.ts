/** Rows of the table of losses: each signal and reason with its total and how it was spread over time. */

import type { Loss } from '#shared/contract/health.ts'
import type { IngestDetails } from '#shared/contract/status.ts'
import { toUnixMillis } from '#shared/model/time.ts'
import { isPruned } from '../../client/losses.ts'
import { formatCount, formatMinute } from '../../ui/format.ts'

const minuteNs = 60_000_000_000n
const barCount = 60
const barCountBig = BigInt(barCount)

interface LossBar {
  /** 0 to 1 of the row's highest. */
  readonly height: number
  /** `12:09 – 5`, for hover. */
  readonly text: string
}

export interface LossRow {
  readonly key: string
  readonly signal: string
  readonly reason: string
  /** What it means and what to do; undefined for reasons that say it themselves. */
  readonly advice: string | undefined
  readonly count: string
  readonly lastUnixNano: string | undefined
  /** One per step of the window, undefined where nothing was lost. */
  readonly bars: readonly (LossBar | undefined)[]
  /** What the bars say, for a screen reader. */
  readonly barsText: string
}

export interface LossTable {
  readonly rows: readonly LossRow[]
  /** What the bars cover: `Last 60 min`. */
  readonly windowText: string
}

const advice: Readonly<Record<string, string>> = {
  'invalid trace id': 'A trace id is 16 bytes, not all zero. The exporter, or something between, damaged it.',
  'invalid span id': 'A span id is 8 bytes, not all zero. The exporter, or something between, damaged it.',
  'invalid parent span id': 'A parent span id is 8 bytes, or absent. The exporter, or something between, damaged it.',
  'time beyond 2^63 nanoseconds': 'Times are nanoseconds since 1970. The sender counts in another unit.',
  'malformed request': 'A request as a whole could not be read; Ingest, top right, has the reason and the sender.',
  'invalid UTF-8': 'Names, texts and attributes are UTF-8. The sender wrote bytes of another encoding.',
}

/** Rows by when it happened last. The bars reach back an hour, or as far as losses are listed by minute. */
export function lossTable(totals: readonly Loss[], minutes: IngestDetails['losses'], nowUnixNano: bigint): LossTable {
  const thisMinute = nowUnixNano / minuteNs
  const oldest = minutes.reduce(
    (least, { minuteUnixNano }) => min(least, BigInt(minuteUnixNano) / minuteNs),
    thisMinute,
  )
  const step = (thisMinute - oldest) / barCountBig + 1n
  const first = thisMinute - step * barCountBig + 1n

  const rows = totals.map(({ signal, reason, count }) => {
    const own = minutes.filter((loss) => loss.signal === signal && loss.reason === reason)
    const sums = new Array<number>(barCount).fill(0)
    for (const loss of own) {
      const bar = Number((BigInt(loss.minuteUnixNano) / minuteNs - first) / step)
      const at = Math.min(barCount - 1, Math.max(0, bar))
      sums[at] = (sums[at] ?? 0) + loss.count
    }
    const most = Math.max(...sums)
    const last = own.reduce<bigint | undefined>(
      (latest, loss) => max(latest ?? 0n, BigInt(loss.minuteUnixNano)),
      undefined,
    )
    return {
      key: `${signal} ${reason}`,
      signal,
      reason,
      advice: isPruned({ reason }) ? 'Retention made room; nothing is wrong.' : advice[reason],
      count: formatCount(count),
      lastUnixNano: last?.toString(),
      bars: sums.map((sum, index) =>
        sum === 0
          ? undefined
          : {
              height: sum / most,
              text: `${formatMinute((first + BigInt(index) * step) * minuteNs)} – ${formatCount(sum)}`,
            },
      ),
      barsText:
        most === 0
          ? 'none lately'
          : `${formatCount(sums.reduce((sum, one) => sum + one, 0))} in this time, at most ${formatCount(most)} per ${stepText(step)}`,
    }
  })
  return {
    rows: rows.sort((a, b) => Number(BigInt(b.lastUnixNano ?? 0) - BigInt(a.lastUnixNano ?? 0))),
    windowText:
      step === 1n ? 'Last 60 min' : `Since ${formatMinute(first * minuteNs, new Date(toUnixMillis(nowUnixNano)))}`,
  }
}

function stepText(step: bigint): string {
  return step === 1n ? 'minute' : `${step} minutes`
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
