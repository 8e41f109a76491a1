import { describe, expect, test } from 'vitest'
import { toHex } from '#shared/model/ids.ts'
import { unpack } from '#shared/model/jsonb.ts'
import { LogLines } from './log-lines.ts'
import { decodeLogsJson } from './otlp-logs-json.ts'
import { lineOfText, lineStart } from './text-log-line.ts'

const observed = 1_767_323_045_000_000_000n // 2026-01-02T03:04:05Z
const at = (millis: number) => BigInt(millis) * 1_000_000n
const noon = at(Date.UTC(2026, 0, 2, 12))
const localNoon = at(new Date(2026, 0, 2, 12).getTime())
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

const read = (line: string) => lineOfText(line, lineStart(line, observed))

describe('the start of a line', () => {
  test.each([
    ['2026-01-02T12:00:00Z INFO up', noon, 9, 'up'],
    ['2026-01-02T13:00:00.000+01:00 [WARN] up', noon, 13, 'up'],
    ['[2026-01-02 12:00:00 +0000] [42] [INFO] up', noon, 9, '[42] [INFO] up'],
    ['2026-01-02 12:00:00,000 - app.db - ERROR - up', localNoon, 17, 'app.db - ERROR - up'],
    ['2026-01-02 12:00:00.000  INFO 7 --- [main] a.B : up', localNoon, 9, '7 --- [main] a.B : up'],
    ['2026-01-02 12:00:00.000 [main] DEBUG a.B - up', localNoon, 5, '[main] DEBUG a.B - up'],
    ['2026/01/02 12:00:00 up', localNoon, 0, 'up'],
    ['2026/01/02 12:00:00 [error] 7#7: up', localNoon, 17, '7#7: up'],
    ['Jan  2 12:00:00 host app[7]: up', localNoon, 0, 'host app[7]: up'],
    ['<11>Jan  2 12:00:00 host app[7]: up', localNoon, 17, 'host app[7]: up'],
    ['<14>1 2026-01-02T12:00:00Z host app - - - up', noon, 9, 'host app - - - up'],
    ['I, [2026-01-02T12:00:00.000000Z #7]  INFO -- : up', noon, 9, 'up'],
    ['E0102 12:00:00.000000    7 a.go:12] up', localNoon, 17, 'up'],
    ['INFO:     up', 0n, 9, 'up'],
    ['WARNING:root:up', 0n, 13, 'root:up'],
    ['info: Microsoft.Hosting[0]', 0n, 9, 'Microsoft.Hosting[0]'],
    ['Error: boom', 0n, 17, 'Error: boom'],
    ['error: boom', 0n, 17, 'boom'],
    ['panic: boom', 0n, 21, 'panic: boom'],
  ])('%s', (line, timeUnixNano, severityNumber, body) => {
    expect(read(line)).toMatchObject({ timeUnixNano, severityNumber, body })
  })

  test.each([
    'error handling is on',
    'INFORMATIONAL only',
    'Warningless',
    '2026-13-02 12:00:00 no such month',
    'config: loaded',
    'http://error:80',
    'See 2026-01-02 12:00:00 ERROR',
    'DEBUG=1 node app.js',
  ])('%s says nothing unmistakable', (line) => {
    expect(read(line)).toMatchObject({ timeUnixNano: 0n, severityNumber: 0, body: line })
  })

  test('a word of the message is no level', () => {
    expect(read('2026-01-02T12:00:00Z no ERROR found')).toMatchObject({ severityNumber: 0 })
  })
})

test.each([
  `x trace_id=${trace} span_id=${span} y`,
  `INFO [shop,${trace},${span}] a.B : x`,
  `INFO [${trace}-${span}] x`,
  `[trace_id=${trace} span_id=${span} resource.service.name=shop trace_sampled=True] - x`,
  `x {"traceId": "${trace}", "spanId": "${span}"}`,
])('ids in text: %s', (line) => {
  const { traceId, spanId } = read(line)
  expect([traceId && toHex(traceId), spanId && toHex(spanId)]).toEqual([trace, span])
})

test("Datadog's decimals in text", () => {
  const { traceId, spanId } = read('[dd.service=shop dd.trace_id=1234567890123456789 dd.span_id=42] x')
  expect([traceId && toHex(traceId), spanId && toHex(spanId)]).toEqual([
    '0000000000000000112210f47de98115',
    '000000000000002a',
  ])
})

describe('lines that belong together', () => {
  const records = (text: string): string[] => {
    const decoder = new LogLines({ service: 's' })
    for (const line of text.split('\n')) decoder.add(line, observed)
    decoder.end()
    const resourceLogs = decoder.take()
    return decodeLogsJson(Buffer.from(JSON.stringify({ resourceLogs }))).records.map(({ body }) =>
      String(body && unpack(body)),
    )
  }

  test('Python: chained tracebacks', () => {
    const trouble = `boom
Traceback (most recent call last):
  File "a.py", line 1, in f
    g()
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 2, in h
ValueError: bad`
    expect(records(`ERROR:root:${trouble}\nINFO:root:next`)).toEqual([`root:${trouble}`, 'root:next'])
  })

  test('Python: an uncaught one after a print is its own', () => {
    const traceback = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyboardInterrupt'
    expect(records(`hello\n${traceback}\nbye`)).toEqual(['hello', traceback, 'bye'])
  })

  test('Java', () => {
    const trouble = `a.B : boom
java.lang.IllegalStateException: no stock
\tat a.B.c(B.java:1)
Caused by: java.io.IOException: gone
\tat a.B.d(B.java:2)
\t... 12 more`
    expect(records(`2026-01-02 12:00:00 ERROR ${trouble}\n2026-01-02 12:00:01 INFO next`)).toEqual([trouble, 'next'])
  })

  test('Node.js: properties of an error', () => {
    const error = "TypeError: boom\n    at f (a.js:1:2) {\n  code: 'X'\n}"
    expect(records(`${error}\nnext`)).toEqual([error, 'next'])
  })

  test('Go', () => {
    const panic = 'panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/main.go:4 +0x1d\nexit status 2'
    expect(records(`${panic}\nnext`)).toEqual([panic, 'next'])
  })

  test('Rust', () => {
    const panic = "thread 'main' panicked at src/main.rs:2:5:\nboom\nnote: run with `RUST_BACKTRACE=1`"
    expect(records(`${panic}\nnext`)).toEqual([panic, 'next'])
  })

  test('.NET: the message under its level', () => {
    expect(records('info: A.B[0]\n      Now listening\nfail: A.B[1]\n      No')).toEqual([
      'A.B[0]\n      Now listening',
      'A.B[1]\n      No',
    ])
  })

  test('plain lines stay apart, JSON ends what was open, blank lines are nothing', () => {
    expect(records('one\n\ntwo\n{"msg":"three"}\n  four\n')).toEqual(['one', 'two', 'three', '  four'])
  })

  test('colours are left out of the message', () => {
    expect(records('\u001b[32mINFO\u001b[0m up')).toEqual(['up'])
  })
})
