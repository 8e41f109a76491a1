/** How SQLite runs the queries that must stay fast however much is stored: which index, and nothing sorted in between. */

import { describe, expect, it } from 'vitest'
import { logsAsOtlp } from '../../src/engine/export/otlp-logs.ts'
import { traceAsOtlp } from '../../src/engine/export/otlp-traces.ts'
import type { QueryContext } from '../../src/engine/queries/context.ts'
import { logHistogram } from '../../src/engine/queries/log-histogram.ts'
import { listLogs } from '../../src/engine/queries/logs.ts'
import { listOperationSignals } from '../../src/engine/queries/operations.ts'
import { readOverview } from '../../src/engine/queries/overview.ts'
import { findInTrace } from '../../src/engine/queries/trace-find.ts'
import { spanDetails } from '../../src/engine/queries/trace-span.ts'
import { listTraces } from '../../src/engine/queries/traces.ts'
import { traceWaterfall } from '../../src/engine/queries/waterfall.ts'
import type { ReadDb } from '../../src/engine/store/database.ts'
import { logListInputSchema } from '../../src/shared/contract/logs.ts'
import { operationListInputSchema } from '../../src/shared/contract/operations.ts'
import { overviewInputSchema } from '../../src/shared/contract/overview.ts'
import { traceListInputSchema } from '../../src/shared/contract/traces.ts'
import { epoch, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { scratchStore } from '../support/scratch-store.ts'

interface Planned {
  readonly sql: string
  readonly steps: readonly string[]
}

/** Runs a query and returns the plan of every statement it prepared. */
async function plansOf(run: (context: QueryContext) => unknown): Promise<Planned[]> {
  using store = scratchStore()
  const spans = Array.from({ length: 1500 }, (_, index) => ({ trace: index + 1, id: 1, start: index }))
  store.send('traces', tracesOf('cart', spans))
  store.send(
    'logs',
    logsOf(
      'cart',
      Array.from({ length: 1500 }, (_, index) => ({ body: `log ${index}`, at: index, trace: 1 })),
    ),
  )
  const { db } = store.context
  const statements: string[] = []
  const recording = new Proxy(db, {
    get: (target, name) => {
      if (name !== 'prepare') return Reflect.get(target, name) as unknown
      return (sql: string) => {
        statements.push(sql)
        return target.prepare(sql)
      }
    },
  }) as ReadDb
  await run({ ...store.context, db: recording })
  expect(statements.length).toBeGreaterThan(0)
  return [...new Set(statements)].map((sql) => ({ sql, steps: planOf(db, sql) }))
}

/** A plan doesn't depend on what is bound, but something must be. */
function planOf(db: ReadDb, sql: string): string[] {
  const anonymous = sql.replaceAll(/@\w+/g, '?')
  const nothing = Array.from(anonymous.matchAll(/\?/g), () => null)
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${anonymous}`).all(nothing) as { detail: string }[]
  return rows.map(({ detail }) => detail)
}

/** Only the statements that read `table`, which must all be in the plans. */
function reading(plans: readonly Planned[], table: string): Planned[] {
  const found = plans.filter(({ sql }) => new RegExp(`FROM ${table}\\b`).test(sql))
  expect(found.length).toBeGreaterThan(0)
  return found
}

/** How the table itself is read; a subquery of the same name is scanned as a whole and says so before. */
function touching({ steps }: Planned, table: string): string[] {
  const subquery = steps.some((step) => new RegExp(`^(CO-ROUTINE|MATERIALIZE) ${table}$`).test(step))
  return steps
    .filter((step) => new RegExp(`^(SCAN|SEARCH) ${table}\\b`).test(step))
    .filter((step) => !(subquery && step === `SCAN ${table}`))
}

const sortsOf = (plans: readonly Planned[]): string[] =>
  plans.flatMap(({ steps }) => steps.filter((step) => step.includes('TEMP B-TREE')))

describe('traces', () => {
  const indexes = { newest: 'trace_start', slowest: 'trace_duration', errors: 'trace_errors' } as const

  it.each(Object.entries(indexes))('by %s walk %s, sorting nothing', async (order, index) => {
    const filters = [
      {},
      { service: 'cart' },
      { operation: 'work' },
      { attr: 'service.name=cart' },
      { errors: true },
      { start: String(epoch), end: String(epoch + 1000n), minDurationNs: 1 },
    ]
    for (const filter of filters) {
      const plans = await plansOf(async (context) => {
        const first = await listTraces(context, traceListInputSchema.parse({ ...filter, order, limit: 5 }))
        const cursor = first.nextCursor ?? undefined
        if (cursor) await listTraces(context, traceListInputSchema.parse({ ...filter, order, limit: 5, cursor }))
      })
      for (const plan of reading(plans, 'trace').filter(({ sql }) => sql.includes('ORDER BY'))) {
        expect([filter, touching(plan, 'trace')]).toEqual([
          filter,
          [expect.stringMatching(new RegExp(`^(SCAN|SEARCH) trace USING (COVERING )?INDEX ${index}\\b`))],
        ])
      }
      expect([filter, sortsOf(reading(plans, 'trace'))]).toEqual([filter, []])
    }
  })

  it('look into their spans by identity only', async () => {
    const plans = await plansOf((context) =>
      listTraces(context, traceListInputSchema.parse({ operation: 'work', attr: ['n=5', 'service.name=cart'] })),
    )
    const steps = plans.flatMap((plan) => touching(plan, 'span'))
    expect(steps.length).toBeGreaterThan(0)
    for (const step of steps)
      expect(step).toMatch(/^SEARCH span (EXISTS )?USING (COVERING )?INDEX span_identity \(trace_id=\?/)
  })
})

describe('one trace', () => {
  const traceId = traceIdOf(1)

  it.each<[string, (context: QueryContext) => unknown]>([
    ['the waterfall', (context) => traceWaterfall(context, { traceId })],
    ['find', (context) => findInTrace(context, { traceId, text: 'x' })],
    ['span details', (context) => spanDetails(context, { traceId, spanId: spanIdOf(1), twin: 0 })],
    ['export', (context) => traceAsOtlp(context, { traceId })],
  ])('%s reads its spans by identity or by row, and nothing else of the table', async (_name, run) => {
    const plans = await plansOf(run)
    const steps = plans.flatMap((plan) => touching(plan, 'span'))
    expect(steps.some((step) => step.includes('span_identity'))).toBe(true)
    for (const step of steps) {
      expect(step).toMatch(
        /^SEARCH span (EXISTS )?USING ((COVERING )?INDEX span_identity \(trace_id=\?|INTEGER PRIMARY KEY \(rowid=\?\))/,
      )
    }
  })

  it('is searched without sorting', async () => {
    expect(sortsOf(await plansOf((context) => findInTrace(context, { traceId, text: 'x' })))).toEqual([])
  })

  it('finds what links to a span by key', async () => {
    const plans = await plansOf((context) => spanDetails(context, { traceId, spanId: spanIdOf(1), twin: 0 }))
    expect(reading(plans, 'span_link').flatMap(({ steps }) => steps)).toEqual([
      expect.stringMatching(/^SEARCH span_link USING PRIMARY KEY \(linked_trace_id=\? AND linked_span_id=\?\)/),
    ])
  })
})

describe('logs', () => {
  const stepsOn = async (run: (context: QueryContext) => unknown): Promise<string[]> => {
    const steps = (await plansOf(run)).flatMap((plan) => touching(plan, 'log_record'))
    expect(steps.length).toBeGreaterThan(0)
    return steps
  }
  const list =
    (filter: Record<string, unknown>) =>
    async (context: QueryContext): Promise<void> => {
      const first = await listLogs(context, logListInputSchema.parse({ ...filter, limit: 5 }))
      const cursor = first.nextCursor ?? undefined
      if (cursor) await listLogs(context, logListInputSchema.parse({ ...filter, limit: 5, cursor }))
    }

  it.each([
    {},
    { order: 'oldest' },
    { service: 'cart', minSeverity: 9 },
    { start: String(epoch), end: String(epoch + 1000n) },
  ])('by time walk their index: %j', async (filter) => {
    for (const step of await stepsOn(list(filter))) expect(step).toMatch(/USING (COVERING )?INDEX log_time\b/)
  })

  it('by text are those of the slice that match, by row', async () => {
    for (const step of await stepsOn(list({ q: 'log' }))) {
      expect(step).toMatch(/USING (COVERING )?INDEX log_time\b|USING INTEGER PRIMARY KEY \(rowid=\?\)/)
    }
  })

  it.each([{}, { order: 'oldest' }])('of a trace are found by it: %j', async (filter) => {
    const steps = await stepsOn(list({ ...filter, traceId: traceIdOf(1) }))
    for (const step of steps) expect(step).toMatch(/USING (COVERING )?INDEX log_trace \(trace_id=\?/)
  })

  it('of a trace are exported by it, in pieces by row', async () => {
    const steps = await stepsOn((context) => logsAsOtlp(context, { traceId: traceIdOf(1) }))
    for (const step of steps) expect(step).toMatch(/INDEX log_trace \(trace_id=\?|INTEGER PRIMARY KEY \(rowid=\?\)/)
  })

  it('that arrived after another are found by row', async () => {
    for (const step of await stepsOn(list({ afterId: 3 }))) {
      expect(step).toMatch(/^SEARCH log_record USING INTEGER PRIMARY KEY/)
    }
  })

  it('are counted from the time index, or by their trace', async () => {
    for (const step of await stepsOn((context) => logHistogram(context, { buckets: 10, minSeverity: 9 }))) {
      expect(step).toMatch(/USING COVERING INDEX log_time\b/)
    }
    for (const step of await stepsOn((context) => logHistogram(context, { buckets: 10, traceId: traceIdOf(1) }))) {
      expect(step).toMatch(/INDEX log_trace \(trace_id=\?/)
    }
  })
})

describe('rollups', () => {
  it('of services are walked in the order of time by their key', async () => {
    for (const service of [undefined, 'cart']) {
      const plans = await plansOf((context) => readOverview(context, overviewInputSchema.parse({ service })))
      for (const plan of reading(plans, 'service_rollup')) {
        expect(touching(plan, 'service_rollup')).toEqual([
          expect.stringMatching(/^SEARCH service_rollup USING PRIMARY KEY \(width_s=\? AND service_id=\?/),
        ])
      }
      expect(sortsOf(reading(plans, 'service_rollup'))).toEqual([])
    }
  })

  it('of operations are read by width and time', async () => {
    const plans = [
      ...(await plansOf((context) =>
        listOperationSignals(context, operationListInputSchema.parse({ service: 'cart' })),
      )),
      ...(await plansOf((context) => readOverview(context, overviewInputSchema.parse({ operation: 'work' })))),
    ]
    for (const plan of reading(plans, 'rollup')) {
      expect(touching(plan, 'rollup')).toEqual([
        expect.stringMatching(
          /^SEARCH rollup USING PRIMARY KEY \(width_s=\? AND start_unix_s>\? AND start_unix_s<\?\)/,
        ),
      ])
    }
    expect(sortsOf(reading(plans, 'rollup'))).toEqual([])
  })
})
