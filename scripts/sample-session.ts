/**
 * Makes the sample session that ships: an hour of the Checkout shop with three faults in it.
 *
 * The load lab really runs, for five minutes; then time is stretched to an hour. Every trace moves as a whole: what lies within
 * it, its logs included, keeps its times and durations. Metric points, faults and everything else move on the stretched axis,
 * so that rates, counts and latencies fit each other: a twelfth of the traffic, for twelve times as long.
 *
 *   npx node scripts/run.js sample-session
 */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { startEngine } from '../src/engine/engine.ts'
import { rebuildRollups } from '../src/engine/rebuild.ts'
import { defaultMaxRequestBytes } from '../src/engine/receiver/receiver.ts'
import { labStartSchema } from '../src/shared/contract/loadlab.ts'

const runSeconds = Number(process.env.SAMPLE_SECONDS ?? 300)
const stretch = BigInt(Math.round(3600 / runSeconds))
/** Of the shop while it runs; the sample has a twelfth of it. */
const rate = 3
/** Points of a series nearer than this are thinned out: they are running totals and states, so nothing is lost. */
const pointSpacingNs = 60_000_000_000n
const limitBytes = 3 * 1024 * 1024

const target = fileURLToPath(new URL('../resources/sample-session.db.zst', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'spanlight-sample-'))
const file = join(folder, 'sample.db')

try {
  await record()
  stretchTime()
  await rebuildRollups(file, () => undefined)
  shrink()
  const bytes = readFileSync(file)
  const packed = zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 25 },
  })
  if (packed.length > limitBytes) throw new Error(`${packed.length} bytes are more than the sample may have`)
  writeFileSync(target, packed)
  console.log(`${target}: ${packed.length} bytes, of ${statSync(file).size}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function record(): Promise<void> {
  const free = { port: 0, explicit: true }
  const engine = await startEngine({
    version: 'sample',
    databasePath: file,
    configDir: folder,
    durable: false,
    otlpHost: '127.0.0.1',
    otlpGrpc: free,
    otlpHttp: free,
    maxRequestBytes: defaultMaxRequestBytes,
  })
  const { loadlab, sessions } = engine.context
  const part = (share: number): number => Math.round(runSeconds * share)
  await loadlab.command({
    name: 'start',
    input: labStartSchema.parse({
      rate,
      seed: 7,
      script: [
        { fault: 'payment-errors', atSeconds: part(0.2), durationSeconds: part(0.12) },
        { fault: 'cache-down', atSeconds: part(0.45), durationSeconds: part(0.13) },
        { fault: 'slow-query', atSeconds: part(0.73), durationSeconds: part(0.12) },
      ],
    }),
  })
  await delay(runSeconds * 1000)
  await loadlab.command({ name: 'stop' })
  await sessions.rename({ title: 'Sample: an hour of the Checkout shop' })
  await engine.close()
}

/** An instant `t` becomes end + (t - end) · stretch, so that nothing lies in the future; what belongs to a trace moves by what its trace moves. */
function stretchTime(): void {
  const db = new Sqlite(file)
  db.defaultSafeIntegers(true)
  const end = db.prepare('SELECT max(start_unix_nano) FROM trace').pluck().get() as bigint
  const moved = (column: string): string => `${end} + (${column} - ${end}) * ${stretch}`
  const shift = '(SELECT by_ns FROM shift WHERE shift.trace_id = t.trace_id)'
  db.transaction(() => {
    db.exec(`
      CREATE TEMP TABLE shift AS
        SELECT trace_id, (start_unix_nano - ${end}) * ${stretch - 1n} AS by_ns FROM trace;
      CREATE UNIQUE INDEX temp.shift_trace ON shift (trace_id);
      UPDATE log_record AS t SET at_unix_nano = at_unix_nano + ${shift},
          time_unix_nano = CASE time_unix_nano WHEN 0 THEN 0 ELSE time_unix_nano + ${shift} END,
          observed_time_unix_nano = CASE observed_time_unix_nano WHEN 0 THEN 0 ELSE observed_time_unix_nano + ${shift} END
        WHERE trace_id IN (SELECT trace_id FROM shift);
      UPDATE log_record SET at_unix_nano = ${moved('at_unix_nano')},
          time_unix_nano = CASE time_unix_nano WHEN 0 THEN 0 ELSE ${moved('time_unix_nano')} END,
          observed_time_unix_nano = CASE observed_time_unix_nano WHEN 0 THEN 0 ELSE ${moved('observed_time_unix_nano')} END
        WHERE trace_id IS NULL OR trace_id NOT IN (SELECT trace_id FROM shift);
      UPDATE exemplar AS t SET time_unix_nano = time_unix_nano + ${shift} WHERE trace_id IN (SELECT trace_id FROM shift);
      UPDATE trace AS t SET start_unix_nano = start_unix_nano + ${shift}, end_unix_nano = end_unix_nano + ${shift},
          root_start_unix_nano = root_start_unix_nano + ${shift};
      UPDATE point SET time_unix_nano = ${moved('time_unix_nano')},
          start_unix_nano = CASE start_unix_nano WHEN 0 THEN 0 ELSE ${moved('start_unix_nano')} END;
      UPDATE metric SET last_time_unix_nano = ${moved('last_time_unix_nano')};
      UPDATE annotation SET start_unix_nano = ${moved('start_unix_nano')},
          end_unix_nano = CASE WHEN end_unix_nano IS NULL THEN NULL ELSE ${moved('end_unix_nano')} END;
      UPDATE service SET last_seen_unix_nano = ${moved('last_seen_unix_nano')};
      DELETE FROM received_request;
      DELETE FROM rollup;
      DELETE FROM service_rollup;
      DELETE FROM rollup_bucket;
      DELETE FROM rollup_state;
    `)
    moveSpans(db, end)
    thinPoints(db)
  })()
  db.close()
}

/** Events carry times of their own within their JSONB. */
function moveSpans(db: Sqlite.Database, end: bigint): void {
  const by = db.prepare('SELECT by_ns FROM shift WHERE trace_id = ?').pluck()
  const update = db.prepare('UPDATE span SET start_unix_nano = ?, events = jsonb(?) WHERE id = ?')
  const rows = db.prepare('SELECT id, trace_id, start_unix_nano, json(events) AS events FROM span').all() as {
    id: bigint
    trace_id: Buffer
    start_unix_nano: bigint
    events: string | null
  }[]
  for (const { id, trace_id, start_unix_nano, events } of rows) {
    const shift = (by.get(trace_id) as bigint | undefined) ?? (start_unix_nano - end) * (stretch - 1n)
    const moved =
      events?.replaceAll(
        /("timeUnixNano":"?)(\d+)/g,
        (_, name: string, at: string) => `${name}${BigInt(at) + shift}`,
      ) ?? null
    update.run(start_unix_nano + shift, moved, id)
  }
}

function thinPoints(db: Sqlite.Database): void {
  const doomed: bigint[] = []
  let series = -1n
  let kept = 0n
  const points = db.prepare('SELECT id, series_id, time_unix_nano FROM point ORDER BY series_id, time_unix_nano DESC')
  for (const point of points.all() as { id: bigint; series_id: bigint; time_unix_nano: bigint }[]) {
    if (point.series_id === series && kept - point.time_unix_nano < pointSpacingNs) doomed.push(point.id)
    else kept = point.time_unix_nano
    series = point.series_id
  }
  const drop = db.prepare('DELETE FROM point WHERE id = ?')
  db.pragma('foreign_keys = ON')
  for (const id of doomed) {
    db.prepare('DELETE FROM exemplar WHERE point_id = ?').run(id)
    drop.run(id)
  }
  db.exec(`
    UPDATE series SET metric_id = metric_id;
    UPDATE metric SET point_count = (SELECT count(*) FROM point JOIN series ON series.id = series_id WHERE metric_id = metric.id);
    UPDATE service SET point_count = (SELECT count(*) FROM point JOIN series ON series.id = series_id WHERE service_id = service.id);
    UPDATE tally SET value = (SELECT count(*) FROM point) WHERE name = 'points';
  `)
}

/** One file without a log and without free pages. */
function shrink(): void {
  const db = new Sqlite(file)
  db.pragma('journal_mode = DELETE')
  db.exec('VACUUM')
  db.close()
}
