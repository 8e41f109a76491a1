import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogRecord, SpanRecord } from '#shared/model/batch.ts'
import { unpack, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import { MalformedPayload } from './decode-error.ts'
import { parseJson } from './json-fields.ts'
import { decodeLogsJson } from './otlp-logs-json.ts'
import { decodeTracesJson } from './otlp-traces-json.ts'

const ids = { traceId: '0123456789abcdef0123456789abcdef', spanId: '0123456789abcdef' }

/** Decodes one span given as JSON text of its further fields; undefined when it was rejected. */
function spanOf(fields: string): SpanRecord | undefined {
  const span = `{${[JSON.stringify(ids).slice(1, -1), fields].filter((part) => part !== '').join(',')}}`
  return decodeTracesJson(Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)).records[0]
}

function logOf(fields: string): LogRecord | undefined {
  return decodeLogsJson(Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{${fields}}]}]}]}`)).records[0]
}

const valueFrom = (json: string): unknown => {
  const span = spanOf(`"attributes":[{"key":"k","value":${json}}]`)
  return span ? unpackAttributes(span.attributes)[0]?.value : 'rejected'
}

describe('64-bit integers', () => {
  it.each([
    ['"9223372036854775807"', 9_223_372_036_854_775_807n],
    ['9223372036854775807', 9_223_372_036_854_775_807n],
    ['-9223372036854775808', -9_223_372_036_854_775_808n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['"-5"', -5n],
    ['5', 5n],
    ['5.0', 5n],
    ['""', 0n],
  ])('%s is exact', (json, value) => {
    expect(valueFrom(`{"intValue":${json}}`)).toBe(value)
  })

  it('are exact whether text or number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(valueFrom(`{"intValue":"${value}"}`)).toBe(value)
        expect(valueFrom(`{"intValue":${value}}`)).toBe(value)
      }),
    )
  })

  it.each(['"9223372036854775808"', '"-9223372036854775809"', '1.5', '"x"', 'true', '[]'])(
    '%s is refused, not bent',
    (json) => {
      expect(valueFrom(`{"intValue":${json}}`)).toBe('rejected')
    },
  )

  // JavaScript's SDK sends whole doubles of any size as integers.
  it.each([
    ['9223372036854775808', 2 ** 63],
    ['-9223372036854775809', -(2 ** 63)],
    ['1e+21', 1e21],
  ])('%s, a number beyond 64 bits, is the double it was', (json, double) => {
    expect(valueFrom(`{"intValue":${json}}`)).toBe(double)
  })

  it('are times as text and as number', () => {
    const span = spanOf('"startTimeUnixNano":1700000000123456789,"endTimeUnixNano":"1700000000123456790"')
    expect([span?.startUnixNano, span?.endUnixNano]).toEqual([1_700_000_000_123_456_789n, 1_700_000_000_123_456_790n])
  })
})

describe('other values', () => {
  it.each([
    ['{"doubleValue":"NaN"}', Number.NaN],
    ['{"doubleValue":"Infinity"}', Number.POSITIVE_INFINITY],
    ['{"doubleValue":"-Infinity"}', Number.NEGATIVE_INFINITY],
    ['{"doubleValue":"1.5"}', 1.5],
    ['{"doubleValue":2}', 2],
    ['{"doubleValue":123456789012345678901}', 123_456_789_012_345_680_000],
    ['{"boolValue":false}', false],
    ['{"stringValue":""}', ''],
    ['{"bytesValue":"AQID"}', new Uint8Array([1, 2, 3])],
    ['{"bytesValue":"-_8="}', new Uint8Array([251, 255])],
    ['{"bytesValue":"+/8"}', new Uint8Array([251, 255])],
    ['{}', null],
    ['null', null],
    ['{"stringValue":null,"intValue":"7"}', 7n],
    ['{"arrayValue":{}}', []],
    ['{"arrayValue":{"values":[{},{"stringValue":"x"}]}}', [null, 'x']],
    [
      '{"kvlistValue":{"values":[{"key":"$bytes","value":{"stringValue":"x"}}]}}',
      { pairs: [{ key: '$bytes', value: 'x' }] },
    ],
    ['{"unknownValue":5,"boolValue":true}', true],
  ])('%s is read', (json, value) => {
    expect(valueFrom(json)).toEqual(value)
  })

  it.each([
    '{"boolValue":"true"}',
    '{"stringValue":5}',
    '{"doubleValue":"x"}',
    '{"doubleValue":""}',
    '{"bytesValue":"%"}',
    '{"arrayValue":[]}',
    '{"stringValue":"\\ud800"}',
    '5',
  ])('%s is refused', (json) => {
    expect(valueFrom(json)).toBe('rejected')
  })
})

describe('enumerations', () => {
  it.each([
    ['"SPAN_KIND_SERVER"', 2],
    ['3', 3],
    ['"5"', 5],
    ['null', 0],
  ])('kind %s', (json, kind) => {
    expect(spanOf(`"kind":${json}`)?.kind).toBe(kind)
  })

  it('status by name', () => {
    expect(spanOf('"status":{"code":"STATUS_CODE_ERROR","message":"no"}')).toMatchObject({
      statusCode: 2,
      statusMessage: 'no',
    })
  })

  it.each([
    ['SEVERITY_NUMBER_UNSPECIFIED', 0],
    ['SEVERITY_NUMBER_TRACE', 1],
    ['SEVERITY_NUMBER_DEBUG4', 8],
    ['SEVERITY_NUMBER_INFO', 9],
    ['SEVERITY_NUMBER_WARN2', 14],
    ['SEVERITY_NUMBER_FATAL4', 24],
  ])('severity %s', (name, severity) => {
    expect(logOf(`"severityNumber":"${name}"`)?.severityNumber).toBe(severity)
  })

  it('of unknown names are refused', () => {
    expect(spanOf('"kind":"SPAN_KIND_ALIEN"')).toBeUndefined()
    expect(logOf('"severityNumber":"toString"')).toBeUndefined()
  })
})

describe('ids', () => {
  it('are hex in either case', () => {
    const upper = spanOf('"parentSpanId":"ABCDEF0123456789"')
    expect(upper?.parentSpanId).toEqual(new Uint8Array([0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89]))
    const log = logOf('"traceId":"ABCDEF0123456789ABCDEF0123456789","spanId":"00000000000000FF"')
    expect(log?.spanId?.at(-1)).toBe(255)
    expect(log?.traceId?.[0]).toBe(0xab)
  })

  it.each(['null', '""', '"0000000000000000"'])('parent %s means root', (json) => {
    expect(spanOf(`"parentSpanId":${json}`)?.parentSpanId).toBeNull()
  })

  it('of links are kept as they are, valid or not', () => {
    const span = spanOf('"links":[{"traceId":"ABCD","spanId":""},{}]')
    const links = unpackList(span?.links ?? null)
    expect(links.map((link) => [link.get('traceId'), link.get('spanId')])).toEqual([
      ['abcd', ''],
      ['', ''],
    ])
  })

  it('that are no hex are refused', () => {
    expect(spanOf('"parentSpanId":"xyz"')).toBeUndefined()
    expect(spanOf('"parentSpanId":5')).toBeUndefined()
    expect(spanOf('"links":[{"traceId":"zz"}]')).toBeUndefined()
  })
})

describe('documents', () => {
  it('may begin with a byte order mark', () => {
    expect(parseJson(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 })
  })

  it('may have nulls and unknown fields anywhere', () => {
    const span = {
      ...ids,
      name: null,
      attributes: null,
      events: null,
      links: null,
      status: null,
      flags: null,
      extra: 1,
    }
    const request = {
      resourceSpans: [
        { resource: null, schemaUrl: null, scopeSpans: [{ scope: null, spans: [span], deprecated: [] }] },
      ],
      other: { deeply: ['nested'] },
    }
    const batch = decodeTracesJson(Buffer.from(JSON.stringify(request)))
    expect(batch.rejected.size).toBe(0)
    expect(batch.records).toMatchObject([{ name: '', events: null, links: null, statusCode: 0 }])
    expect(batch.resources).toMatchObject([{ serviceName: 'unknown_service' }])
    expect(decodeTracesJson(Buffer.from('{"resourceSpans":null}')).records).toEqual([])
    expect(decodeTracesJson(Buffer.from('{}')).records).toEqual([])
  })

  it.each([
    ['', 'nothing'],
    ['[]', 'an array'],
    ['5', 'a number'],
    ['null', 'null'],
    ['{"resourceSpans":{}}', 'an object for a list'],
    ['{"resourceSpans":[1]}', 'a number for a group'],
    ['{"resourceSpans":[{"scopeSpans":"x"}]}', 'text for a list'],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":7}]}]}', 'a number for the records'],
    ['{"resourceSpans":[', 'cut off JSON'],
  ])('%s are refused as a whole (%s)', (text) => {
    expect(() => decodeTracesJson(Buffer.from(text))).toThrow(MalformedPayload)
  })

  it('that are not UTF-8 are refused as a whole', () => {
    expect(() => parseJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow(MalformedPayload)
  })

  it('keep digits in text that only look like numbers', () => {
    // Millions of digits would take minutes.
    expect(parseJson(Buffer.from(`[${'9'.repeat(41)}]`))).toEqual([1e41])
    expect(parseJson(Buffer.from('{"a":"12345678901234567890","b":12345678901234567890,"c":1.5e300}'))).toEqual({
      a: '12345678901234567890',
      b: 12_345_678_901_234_567_890n,
      c: 1.5e300,
    })
  })
})

describe('log bodies', () => {
  it.each([
    ['{"stringValue":"x"}', 'x'],
    ['{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}}', { pairs: [{ key: 'a', value: 1n }] }],
    ['{}', null],
  ])('%s', (json, body) => {
    const packed = logOf(`"body":${json}`)?.body
    expect(packed && unpack(packed)).toEqual(body)
  })

  it('may be absent', () => {
    expect(logOf('')?.body).toBeNull()
    expect(logOf('"body":null')?.body).toBeNull()
  })

  it('are searched with everything in them, the event name, and the exception', () => {
    const body =
      '{"kvlistValue":{"values":[{"key":"user","value":{"stringValue":"ada"}},{"key":"n","value":{"intValue":"7"}}]}}'
    const exception =
      '[{"key":"exception.type","value":{"stringValue":"TypeError"}},{"key":"exception.message","value":{"stringValue":"boom"}}]'
    expect(logOf(`"body":${body},"eventName":"login","attributes":${exception}`)?.searchText).toBe(
      'user ada n 7 login TypeError boom',
    )
  })
})
