/** Each fault of the load lab shows in stored telemetry as its card says; faults that don't disturb each other share a run. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultNames } from '../../src/engine/loadlab/fault-catalog.ts'
import { type LabRun, type LabRunOptions, labRun } from '../support/lab-run.ts'

const tested = new Set<string>()

function runWith(options: Omit<LabRunOptions, 'rate'>, tests: (run: () => LabRun) => void): void {
  describe(`with ${[...(options.faults ?? []), ...(options.script ?? []).map(({ fault }) => fault)].join(', ')}`, () => {
    let run: LabRun | undefined
    for (const fault of options.faults ?? []) tested.add(fault.split(/[=@]/)[0] ?? '')
    for (const { fault } of options.script ?? []) tested.add(fault)
    beforeAll(async () => {
      run = await labRun({ rate: 30, ...options })
    }, 60_000)
    afterAll(() => run?.[Symbol.asyncDispose]())
    tests(() => {
      if (!run) throw new Error('the run did not start')
      return run
    })
  })
}

const errorShare = 'SELECT avg(status_code = 2) FROM spans WHERE kind = 2 AND service = ? AND name = ?'

runWith(
  {
    seconds: 9,
    faults: [
      'database-timeout=30%',
      'wrong-content=20%@catalog',
      'noisy-logs=30x@catalog',
      'clock-skew=400ms@payment',
      'queue-backlog@order-events:email',
    ],
  },
  (run) => {
    it('database-timeout: checkout fails by the share, at the database span, and the log says timeout', () => {
      expect(run().number(errorShare, 'checkout', 'POST /orders')).toBeCloseTo(0.3, 1.3)
      expect(run().number(errorShare, 'checkout', 'POST /orders')).toBeGreaterThan(0.25)
      expect(run().number(errorShare, 'checkout', 'POST /orders')).toBeLessThan(0.35)
      const [failed] = run().rows<{ kind: number; ms: number; type: string; log: string; exception: string }>(`
        SELECT spans.kind, spans.duration_ms AS ms, spans.attributes ->> '$."error.type"' AS type, logs.body AS log,
               logs.attributes ->> '$."exception.message"' AS exception
          FROM spans JOIN logs ON logs.trace_id = spans.trace_id AND logs.span_id = spans.span_id
         WHERE spans.service = 'checkout' AND spans.name = 'INSERT orders' AND spans.status_code = 2`)
      expect(failed).toMatchObject({ kind: 3, type: 'timeout' })
      expect(failed?.ms).toBeGreaterThan(1990)
      expect(failed?.log).toContain('timeout')
      expect(failed?.exception).toContain('timeout')
    })

    it('wrong-content: a share of catalog’s answers is marked invalid, with status 200 and no error', () => {
      const [answers] = run().rows<{ invalid: number; errors: number; codes: number }>(`
        SELECT avg(attributes ->> '$."spanlight.response.valid"' IS NOT NULL) AS invalid, sum(status_code = 2) AS errors,
               count(DISTINCT attributes ->> '$."http.response.status_code"') AS codes
          FROM spans WHERE kind = 2 AND service = 'catalog'`)
      expect(answers?.invalid).toBeGreaterThan(0.15)
      expect(answers?.invalid).toBeLessThan(0.25)
      expect(answers).toMatchObject({ errors: 0, codes: 1 })
    })

    it('noisy-logs: thirty debug lines for each request to catalog', () => {
      const requests = run().number(`SELECT count(*) FROM spans WHERE kind = 2 AND service = 'catalog'`)
      const lines = run().number(`SELECT count(*) FROM logs WHERE service = 'catalog' AND severity_text = 'DEBUG'`)
      expect(lines).toBe(requests * 30)
    })

    it('clock-skew: payment’s spans begin before the call that caused them', () => {
      const early = run().number(`
        SELECT avg(julianday(parent.start) > julianday(child.start)) FROM spans AS child
          JOIN spans AS parent ON parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id
         WHERE child.service = 'payment' AND child.kind = 2`)
      expect(early).toBe(1)
    })

    it('queue-backlog: messages wait for email, while shipping keeps up', () => {
      const longest = (group: string): number =>
        run().number(
          `SELECT max(value) FROM metrics WHERE name = 'shop.queue.size' AND attributes ->> '$."messaging.consumer.group.name"' = ?`,
          group,
        )
      expect(longest('email')).toBeGreaterThan(20)
      expect(longest('shipping')).toBeLessThan(10)
    })

    it('marks each fault with its beginning, and again with its end', () => {
      const marks = run().rows<{ text: string; kind: string; starts: number; records: number; ends: number }>(`
        SELECT attributes ->> '$."spanlight.annotation.text"' AS text,
               attributes ->> '$."spanlight.annotation.kind"' AS kind, count(DISTINCT time) AS starts, count(*) AS records,
               count(attributes ->> '$."spanlight.annotation.end_unix_nano"') AS ends
          FROM logs WHERE event_name = 'spanlight.annotation' GROUP BY text ORDER BY text`)
      expect(marks).toContainEqual({
        text: 'Database timeout: orders-db, 30 %',
        kind: 'fault',
        starts: 1,
        records: 2,
        ends: 1,
      })
      expect(marks).toHaveLength(5)
    })
  },
)

runWith(
  {
    seconds: 7,
    faults: [
      'payment-errors=50%',
      'slow-query=600ms',
      'added-latency=250ms@catalog',
      'cpu-burn=95%@shipping',
      'cache-down',
    ],
  },
  (run) => {
    it('payment-errors: half of the payments answer 500, and the error travels up to the storefront', () => {
      const share = run().number(errorShare, 'payment', 'POST /payments')
      expect(share).toBeGreaterThan(0.43)
      expect(share).toBeLessThan(0.57)
      const [spans] = run().rows<{ services: number }>(`
        SELECT count(DISTINCT service) AS services FROM spans WHERE status_code = 2 AND kind = 2 AND trace_id IN
               (SELECT trace_id FROM spans WHERE service = 'payment' AND kind = 2 AND status_code = 2)`)
      expect(spans?.services).toBe(4)
    })

    it('slow-query: updates wait for a lock and don’t fail, and the log says so', () => {
      const [slow] = run().rows<{ slow: number; errors: number }>(`
        SELECT avg(duration_ms > 100) AS slow, sum(status_code = 2) AS errors FROM spans WHERE name = 'UPDATE stock'`)
      expect(slow?.slow).toBeGreaterThan(0.5)
      expect(slow?.errors).toBe(0)
      expect(run().number(`SELECT count(*) FROM logs WHERE body LIKE 'slow query%lock on stock'`)).toBeGreaterThan(5)
      expect(run().number(`SELECT max(duration_ms) FROM spans WHERE name = 'SELECT stock'`)).toBeLessThan(500)
    })

    it('added-latency: the time is catalog’s own', () => {
      const [own] = run().rows<{ least: number; children: number }>(`
        SELECT min(duration_ms) AS least, max((SELECT sum(child.duration_ms) FROM spans AS child
               WHERE child.trace_id = parent.trace_id AND child.parent_span_id = parent.span_id)) AS children
          FROM spans AS parent WHERE service = 'catalog' AND kind = 2`)
      expect(own?.least).toBeGreaterThan(120)
      expect(own?.children).toBeLessThan(100)
    })

    it('cpu-burn: the CPU of shipping is full and its work takes many times as long', () => {
      const cpu = `SELECT max(value) FROM metrics WHERE name = 'process.cpu.utilization' AND service = ?`
      expect(run().number(cpu, 'shipping')).toBeGreaterThanOrEqual(0.95)
      expect(run().number(cpu, 'gateway')).toBeLessThan(0.5)
      expect(run().number(`SELECT avg(duration_ms) FROM spans WHERE name = 'choose carrier'`)).toBeGreaterThan(400)
    })

    it('cache-down: lookups fail, requests succeed, and the database is asked instead', () => {
      const [lookups] = run().rows<{ failed: number; type: string }>(`
        SELECT avg(status_code = 2) AS failed, min(attributes ->> '$."error.type"') AS type
          FROM spans WHERE attributes ->> '$."db.system.name"' = 'redis'`)
      // Faults end when the run is stopped, a moment before the last requests.
      expect(lookups?.failed).toBeGreaterThan(0.95)
      expect(lookups?.type).toBe('ECONNREFUSED')
      expect(
        run().number(`SELECT sum(status_code = 2) FROM spans WHERE kind = 2 AND service IN ('catalog', 'cart')`),
      ).toBe(0)
      const requests = run().number(`SELECT count(*) FROM spans WHERE kind = 2 AND service = 'catalog'`)
      expect(run().number(`SELECT count(*) FROM spans WHERE name = 'SELECT products'`)).toBeGreaterThan(requests * 0.95)
    })
  },
)

runWith({ seconds: 7, faults: ['retry-storm', 'bad-deployment=50%', 'memory-leak=2s@cart'] }, (run) => {
  it('retry-storm: payment gets several times the calls, each a span that counts its attempt', () => {
    const [attempts] = run().rows<{ first: number; again: number }>(`
        SELECT sum(attributes ->> '$."http.request.resend_count"' IS NULL) AS first,
               sum(attributes ->> '$."http.request.resend_count"' >= 1) AS again
          FROM spans WHERE service = 'checkout' AND kind = 3 AND name = 'POST /payments'`)
    expect(attempts?.again).toBeGreaterThan(attempts?.first ?? Number.POSITIVE_INFINITY)
    const hidden = run().number(`
        SELECT count(*) FROM spans AS parent WHERE service = 'checkout' AND kind = 2 AND status_code = 0 AND EXISTS
               (SELECT 1 FROM spans AS child WHERE child.trace_id = parent.trace_id AND child.status_code = 2)`)
    expect(hidden).toBeGreaterThan(5)
  })

  it('bad-deployment: a second version takes half, is far slower and fails; the old one does not', () => {
    const versions = run().rows<{ version: string; slow: number; errors: number }>(`
        SELECT resource ->> '$."service.version"' AS version, avg(duration_ms) AS slow, avg(status_code = 2) AS errors
          FROM spans WHERE kind = 2 AND service = 'inventory' GROUP BY version ORDER BY version`)
    expect(versions.map(({ version }) => version)).toEqual(['2.4.7', '2.5.0'])
    const [old, fresh] = versions
    expect(old?.errors).toBe(0)
    expect(fresh?.errors).toBeGreaterThan(0.05)
    const kind = `SELECT attributes ->> '$."spanlight.annotation.kind"' AS kind FROM logs
                     WHERE event_name = 'spanlight.annotation' AND body LIKE 'Bad deployment%'`
    expect(run().rows(kind)).toContainEqual({ kind: 'deployment' })
  })

  it('memory-leak: memory fills, the process dies with a word, calls are refused, and a new instance comes', () => {
    const [memory] = run().rows<{ most: number; least: number }>(`
        SELECT max(value) AS most, min(value) AS least FROM metrics
         WHERE name = 'process.memory.usage' AND service = 'cart'`)
    expect(memory?.most).toBeGreaterThan((memory?.least ?? 0) * 1.5)
    expect(
      run().number(`SELECT count(*) FROM logs WHERE service = 'cart' AND severity_text = 'FATAL'`),
    ).toBeGreaterThan(0)
    expect(
      run().number(`SELECT count(*) FROM spans WHERE kind = 3 AND name = 'GET /carts/{id}' AND status_code = 2`),
    ).toBeGreaterThan(0)
    expect(
      run().number(`SELECT count(DISTINCT resource ->> '$."service.instance.id"') FROM spans WHERE service = 'cart'`),
    ).toBeGreaterThan(1)
  })
})

runWith({ seconds: 5, faults: ['network-cut', 'dropped-spans=30%@storefront'] }, (run) => {
  it('network-cut: the caller’s span ends after a second without a connection, and inventory has no span', () => {
    const [cut] = run().rows<{ failed: number; type: string; least: number }>(`
      SELECT avg(status_code = 2) AS failed, min(attributes ->> '$."error.type"') AS type, min(duration_ms) AS least
        FROM spans WHERE kind = 3 AND name = 'POST /reservations'`)
    expect(cut).toMatchObject({ failed: 1, type: 'ETIMEDOUT' })
    expect(cut?.least).toBeGreaterThan(990)
    expect(run().number(`SELECT count(*) FROM spans WHERE service = 'inventory'`)).toBe(0)
  })

  it('dropped-spans: spans whose parent never came', () => {
    const orphans = run().number(`
      SELECT count(*) FROM spans AS child WHERE parent_span_id IS NOT NULL AND NOT EXISTS
             (SELECT 1 FROM spans AS parent WHERE parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id)`)
    expect(orphans).toBeGreaterThan(run().lab.generator.requests * 0.2)
    expect(run().number('SELECT count(*) FROM trace WHERE root_received = 0')).toBeGreaterThan(5)
  })
})

runWith(
  {
    seconds: 8,
    faults: ['lost-trace-context@gateway'],
    script: [{ fault: 'pool-exhausted', atSeconds: 0.5, durationSeconds: 6 }],
  },
  (run) => {
    it('lost-trace-context: traces end at the gateway, and what it called are roots', () => {
      const rows = run().rows<{ service: string; roots: number }>(`
        SELECT service, avg(parent_span_id IS NULL) AS roots FROM spans
         WHERE kind = 2 AND service IN ('storefront', 'gateway', 'catalog', 'payment') GROUP BY service ORDER BY service`)
      expect(rows).toEqual([
        { service: 'catalog', roots: 1 },
        { service: 'gateway', roots: 0 },
        { service: 'payment', roots: 0 },
        { service: 'storefront', roots: 1 },
      ])
    })

    it('pool-exhausted: all connections in use, requests wait, and some find none in time', () => {
      const used = run().number(`
        SELECT max(value) FROM metrics WHERE name = 'db.client.connection.count' AND service = 'checkout'
           AND attributes ->> '$."db.client.connection.state"' = 'used'`)
      expect(used).toBe(
        run().number(`SELECT max(value) FROM metrics WHERE name = 'db.client.connection.max' AND service = 'checkout'`),
      )
      expect(
        run().number(
          `SELECT max(value) FROM metrics WHERE name = 'db.client.connection.pending_requests' AND service = 'checkout'`,
        ),
      ).toBeGreaterThan(0)
      expect(
        run().number(
          `SELECT count(*) FROM spans WHERE service = 'checkout' AND attributes ->> '$."error.type"' = 'PoolTimeoutError'`,
        ),
      ).toBeGreaterThan(0)
    })

    it('a scripted fault begins and ends on time', () => {
      const [mark] = run().rows<{ seconds: number }>(`
        SELECT (CAST(attributes ->> '$."spanlight.annotation.end_unix_nano"' AS INTEGER) - CAST(unixepoch(time, 'subsec') * 1e9 AS INTEGER)) / 1e9 AS seconds
          FROM logs WHERE body LIKE 'Connection pool exhausted%' AND attributes ->> '$."spanlight.annotation.end_unix_nano"' IS NOT NULL`)
      expect(mark?.seconds).toBeGreaterThan(5.9)
      expect(mark?.seconds).toBeLessThan(6.5)
    })
  },
)

it('tests every fault there is', () => {
  expect([...tested].sort()).toEqual([...faultNames].sort())
})
