import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '#shared/model/ids.ts'
import { plainAttributes, toPlainJson, unpack, unpackAttributes } from '#shared/model/jsonb.ts'
import { LogLines } from './log-lines.ts'
import { decodeLogsJson } from './otlp-logs-json.ts'

const observed = 1_767_323_045_000_000_000n // 2026-01-02T03:04:05Z
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

function read(lines: readonly string[], service?: string) {
  const decoder = new LogLines({ service })
  for (const line of lines) decoder.add(line, observed)
  decoder.end()
  const { resources, records } = decodeLogsJson(Buffer.from(JSON.stringify({ resourceLogs: decoder.take() })))
  return records.map((record) => {
    const { 'log.record.original': original, ...attributes } = plainAttributes(unpackAttributes(record.attributes))
    return {
      time: record.timeUnixNano,
      severity: record.severityNumber,
      severityText: record.severityText,
      body: record.body === null ? null : toPlainJson(unpack(record.body)),
      attributes,
      original,
      trace: record.traceId && toHex(record.traceId),
      span: record.spanId && toHex(record.spanId),
      flags: record.flags,
      service: resources[record.resource]?.serviceName,
    }
  })
}

const one = (line: string) => read([line])[0]
const json = (fields: unknown) => one(JSON.stringify(fields))

describe('JSON lines of', () => {
  test('pino', () => {
    const line = `{"level":50,"time":1767323045678,"pid":7,"hostname":"h","trace_id":"${trace}","span_id":"${span}","trace_flags":"01","err":{"type":"TypeError","message":"boom","stack":"TypeError: boom\\n    at f (a.js:1:2)"},"msg":"payment failed"}`
    expect(one(line)).toEqual({
      time: 1_767_323_045_678_000_000n,
      severity: 17,
      severityText: 'error',
      body: 'payment failed',
      attributes: {
        'exception.type': 'TypeError',
        'exception.message': 'boom',
        'exception.stacktrace': 'TypeError: boom\n    at f (a.js:1:2)',
        pid: 7,
        hostname: 'h',
        err: { type: 'TypeError', message: 'boom', stack: 'TypeError: boom\n    at f (a.js:1:2)' },
      },
      original: line,
      trace,
      span,
      flags: 1,
      service: 'unknown_service',
    })
  })

  test('structlog', () => {
    const line = json({
      event: 'charged',
      level: 'warning',
      timestamp: '2026-01-02T03:04:05.123456Z',
      otelTraceID: trace,
      otelSpanID: span,
      otelServiceName: 'billing',
      otelTraceSampled: true,
      amount: { currency: 'EUR', minor: 1200 },
    })
    expect(line).toMatchObject({
      time: 1_767_323_045_123_456_000n,
      severity: 13,
      body: 'charged',
      trace,
      span,
      flags: 1,
      service: 'billing',
      attributes: { amount: { currency: 'EUR', minor: 1200 } },
    })
  })

  test('zap', () => {
    const line = one(
      `{"level":"info","ts":1767323045.1234567,"logger":"http","caller":"a/b.go:12","msg":"served","traceId":"${trace}"}`,
    )
    expect(line).toMatchObject({
      time: 1_767_323_045_123_456_700n,
      severity: 9,
      body: 'served',
      trace,
      attributes: { logger: 'http', caller: 'a/b.go:12' },
    })
  })

  test('logback with the Logstash encoder', () => {
    const stack = 'java.lang.IllegalStateException: no stock\n\tat a.B.c(B.java:1)'
    const line = json({
      '@timestamp': '2026-01-02T03:04:05.678+01:00',
      '@version': '1',
      message: 'failed',
      logger_name: 'a.B',
      thread_name: 'main',
      level: 'ERROR',
      level_value: 40000,
      stack_trace: stack,
      trace_id: trace,
      span_id: span,
    })
    expect(line).toMatchObject({
      time: 1_767_319_445_678_000_000n,
      severity: 17,
      body: 'failed',
      trace,
      span,
      attributes: {
        'exception.type': 'java.lang.IllegalStateException',
        'exception.message': 'no stock',
        'exception.stacktrace': stack,
        logger_name: 'a.B',
        level_value: 40000,
      },
    })
  })

  test('serilog in its compact format', () => {
    const line = json({
      '@t': '2026-01-02T03:04:05.1234567Z',
      '@mt': 'Hello {User}, {Count:000} of {{all}} in {Missing}',
      '@tr': trace,
      '@sp': span,
      User: 'Ann',
      Count: 3,
    })
    expect(line).toMatchObject({
      time: 1_767_323_045_123_456_700n,
      severity: 9,
      severityText: 'Information',
      body: 'Hello Ann, 3 of {all} in {Missing}',
      trace,
      span,
      attributes: { User: 'Ann', Count: 3 },
    })
    expect(json({ '@t': '2026-01-02T03:04:05Z', '@m': 'x', '@l': 'Fatal' })).toMatchObject({ severity: 21, body: 'x' })
  })

  test.each([
    ['dd.trace_id', { 'dd.trace_id': '1234567890123456789', 'dd.span_id': '42', 'dd.service': 'shop' }],
    ['dd', { dd: { trace_id: '1234567890123456789', span_id: '42', service: 'shop' } }],
  ])('Datadog: decimal ids under %s', (_name, ids) => {
    expect(json({ message: 'x', level: 'info', ...ids })).toMatchObject({
      trace: '0000000000000000112210f47de98115',
      span: '000000000000002a',
      service: 'shop',
    })
  })

  test('Datadog: ids as numbers, exact beyond 2^53', () => {
    expect(one('{"message":"x","dd":{"trace_id":1234567890123456789,"span_id":18446744073709551615}}')).toMatchObject({
      trace: '0000000000000000112210f47de98115',
      span: 'ffffffffffffffff',
    })
  })

  test('Elastic: nested names are taken out of their objects', () => {
    const line = json({
      '@timestamp': '2026-01-02T03:04:05Z',
      log: { level: 'WARN', logger: 'a.B' },
      message: 'x',
      trace: { id: trace },
      span: { id: span },
      service: { name: 'cart' },
      event: { dataset: 'cart.log' },
    })
    expect(line).toMatchObject({ severity: 13, trace, span, service: 'cart', body: 'x' })
    expect(line?.attributes).toEqual({
      log: { logger: 'a.B' },
      service: { name: 'cart' },
      event: { dataset: 'cart.log' },
    })
  })

  test('a context map keeps its ids', () => {
    expect(json({ message: 'x', contextMap: { traceId: trace, spanId: span, user: 'u' } })).toMatchObject({
      trace,
      span,
      attributes: { contextMap: { traceId: trace, spanId: span, user: 'u' } },
    })
  })

  test('Docker, around JSON and around text', () => {
    const wrap = (log: string) => json({ log: `${log}\n`, stream: 'stderr', time: '2026-01-02T03:04:05.1Z' })
    expect(wrap(`{"level":"error","msg":"in","traceId":"${trace}"}`)).toMatchObject({
      time: 1_767_323_045_100_000_000n,
      severity: 17,
      body: 'in',
      trace,
      attributes: { 'log.iostream': 'stderr' },
    })
    expect(wrap('WARN low disk')).toMatchObject({ severity: 13, body: 'low disk' })
  })

  test('journald and GELF', () => {
    const journal = json({ MESSAGE: 'started', PRIORITY: '4', __REALTIME_TIMESTAMP: '1767323045123456', _PID: '1' })
    expect(journal).toMatchObject({ severity: 13, body: 'started', time: 1_767_323_045_123_456_000n })
    const gelf = json({ version: '1.1', short_message: 'oh', level: 3, timestamp: 1_767_323_045.5 })
    expect(gelf).toMatchObject({ severity: 17, body: 'oh', time: 1_767_323_045_500_000_000n })
  })

  test('nobody in particular', () => {
    expect(one('{"a":1}')).toMatchObject({ body: '{"a":1}', severity: 0, time: 0n, attributes: { a: 1 } })
    expect(json({ level: 'loud', msg: 'x' })).toMatchObject({ severity: 0, severityText: 'loud' })
    expect(json({ msg: { deep: [1, 2.5] } })).toMatchObject({ body: { deep: [1, 2.5] } })
    expect(one('{"msg":"x","n":12345678901234567890,"m":9007199254740993}')?.attributes).toEqual({
      n: 12345678901234567000,
      m: '9007199254740993',
    })
  })
})

test('the service of a line gives way to the one that was asked for', () => {
  const line = '{"msg":"x","service":"own"}'
  expect(read([line])[0]).toMatchObject({ service: 'own', attributes: { service: 'own' } })
  expect(read([line], 'asked')[0]).toMatchObject({ service: 'asked', attributes: { service: 'own' } })
})

test.each([
  ['an all-zero id', '00000000000000000000000000000000', null],
  ['what Python says without a span', '0', null],
  ['a short id', 'a3ce929d0e0e4736', '0000000000000000a3ce929d0e0e4736'],
  ['capitals', trace.toUpperCase(), trace],
  ['a UUID', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', trace],
])('a trace id: %s', (_name, value, expected) => {
  expect(json({ msg: 'x', trace_id: value })).toMatchObject({ trace: expected, attributes: {} })
})

test('an id that is none stays an attribute', () => {
  expect(json({ msg: 'x', trace_id: 'order-7', span_id: 5 })).toMatchObject({
    trace: null,
    span: null,
    attributes: { trace_id: 'order-7', span_id: 5 },
  })
  expect(json({ msg: 'x', traceparent: `00-${trace}-${span}-01` })).toMatchObject({ trace, span, flags: 1 })
})

test('logfmt', () => {
  const line = one(
    `time=2026-01-02T03:04:05.678Z level=INFO+2 msg="hello \\"world\\"" took=3ms trace_id=${trace} empty= path=/a`,
  )
  expect(line).toMatchObject({
    time: 1_767_323_045_678_000_000n,
    severity: 11,
    body: 'hello "world"',
    trace,
    attributes: { took: '3ms', empty: '', path: '/a' },
  })
})

describe('any line', () => {
  const anyLine = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.json(),
    fc.object().map((fields) => JSON.stringify(fields)),
    fc
      .dictionary(fc.constantFrom('time', 'level', 'msg', 'trace_id', 'dd', '@t', 'err', 'service'), fc.jsonValue())
      .map((fields) => JSON.stringify(fields)),
  )

  test('is read, and kept as it came', () => {
    fc.assert(
      fc.property(anyLine, (text) => {
        const line = text.replace(/[\r\n]/g, ' ')
        const records = read([line])
        const expected = line.trim() === '' ? [] : [line.trimEnd().toWellFormed()]
        expect(records.map(({ original }) => original?.toString().trimEnd())).toEqual(expected)
      }),
    )
  })

  test('of JSON is found whole again: what nothing was made of is an attribute', () => {
    const key = fc.string({ minLength: 1 }).map((name) => `x ${name}`)
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
        (fields) => {
          const line = JSON.stringify({ msg: 'm', level: 'info', ...fields })
          expect(one(line)?.attributes).toEqual(JSON.parse(JSON.stringify(fields)))
        },
      ),
    )
  })

  test('nested deeper than can be kept is text', () => {
    const line = `{"msg":"x","a":${'['.repeat(150)}${']'.repeat(150)}}`
    expect(one(line)).toMatchObject({ body: line, attributes: {} })
  })
})

test('hundreds of lines of one stack trace are one record, endless ones are not', () => {
  const lines = ['2026-01-02 03:04:05 ERROR boom', ...Array.from({ length: 5_000 }, (_, index) => `\tat f${index}`)]
  const records = read(lines)
  expect(records).toHaveLength(3)
  expect(records.map(({ original }) => original).join('\n')).toBe(lines.join('\n'))
})
