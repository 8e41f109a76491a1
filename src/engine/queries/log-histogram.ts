/** Log records per level over time, counted slice by slice. */

import type { LogHistogram } from '#shared/contract/logs.ts'
import { type SeverityLevel, severityLevel, severityLevels } from '#shared/model/severity.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { type Condition, type LogFilter, logConditions, textCondition } from './log-filter.ts'

const empty: LogHistogram = { startUnixNano: '0', stepNs: 1, series: [] }

/** Errors: CANCELLED. */
export async function logHistogram(
  { db, signal }: QueryContext,
  input: LogFilter & { buckets: number },
): Promise<LogHistogram> {
  const conditions = logConditions(db, input)
  const range = conditions && rangeOf({ db, signal }, conditions.range, input)
  if (!conditions || !range) return empty
  const width = range.end - range.start
  const step = width / BigInt(input.buckets) + (width % BigInt(input.buckets) === 0n ? 0n : 1n)
  const counts = new Map<SeverityLevel, number[]>()
  const slices = new SliceSize()
  let position: unknown[] = [range.start, -1n]
  for (;;) {
    const end = slices.time((count) => {
      // The time index covers what is counted and filtered by; only within a trace the row itself is read.
      const columns = 'id, at_unix_nano, severity_number, service_id'
      const slice =
        input.traceId === undefined && input.spanId === undefined
          ? `SELECT ${columns} FROM log_record INDEXED BY log_time`
          : `SELECT ${columns}, span_id FROM log_record`
      const rows = `${slice} WHERE (at_unix_nano, id) > (?, ?) AND at_unix_nano <= ? AND ${conditions.range.sql} ORDER BY at_unix_nano, id LIMIT ?`
      const parameters = [...position, range.end - 1n, ...conditions.range.parameters, count]
      const [first, last, size] = db
        .prepare(`SELECT min(id), max(id), count(*) FROM (${rows})`)
        .raw()
        .get(parameters) as [bigint | null, bigint | null, bigint]
      if (first === null || last === null) return undefined
      const text = textCondition(input.q, first, last)
      const found = db
        .prepare(
          `SELECT (at_unix_nano - ?) / ? AS bucket, severity_number, count(*) FROM (${rows}) AS log_record WHERE ${conditions.rest.sql} AND ${text.sql} GROUP BY 1, 2`,
        )
        .raw()
        .all(range.start, step, ...parameters, ...conditions.rest.parameters, ...text.parameters) as [
        bigint,
        bigint,
        bigint,
      ][]
      for (const [bucket, severity, amount] of found) add(counts, input.buckets, bucket, severity, amount)
      if (Number(size) < count) return undefined
      return db
        .prepare(`SELECT at_unix_nano, id FROM (${rows}) ORDER BY at_unix_nano DESC, id DESC LIMIT 1`)
        .raw()
        .get(parameters) as unknown[]
    })
    if (!end) break
    position = end
    await breathe(signal)
  }
  return {
    startUnixNano: range.start.toString(),
    stepNs: Number(step),
    series: severityLevels.flatMap((level) => {
      const series = counts.get(level)
      return series ? [{ level, counts: series }] : []
    }),
  }
}

/** The asked range; where it is open, as far as there is data. Undefined when there is none. */
function rangeOf(
  { db }: QueryContext,
  conditions: Condition,
  input: LogFilter,
): { start: bigint; end: bigint } | undefined {
  const [first, last] = ['ASC', 'DESC'].map((order) =>
    db
      .prepare(`SELECT at_unix_nano FROM log_record WHERE ${conditions.sql} ORDER BY at_unix_nano ${order} LIMIT 1`)
      .pluck()
      .get(conditions.parameters),
  ) as (bigint | undefined)[]
  if (first === undefined || last === undefined) return undefined
  const start = input.start === undefined ? first : BigInt(input.start)
  const end = input.end === undefined ? last + 1n : BigInt(input.end)
  return end > start ? { start, end } : undefined
}

function add(
  counts: Map<SeverityLevel, number[]>,
  buckets: number,
  bucket: bigint,
  severity: bigint,
  amount: bigint,
): void {
  const level = severityLevel(Number(severity))
  let series = counts.get(level)
  if (!series) {
    series = new Array<number>(buckets).fill(0)
    counts.set(level, series)
  }
  const index = Math.min(buckets - 1, Number(bucket))
  series[index] = (series[index] ?? 0) + Number(amount)
}
