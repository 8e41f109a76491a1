import { describe, expect, it } from 'vitest'
import { defaultRedaction, noRedaction } from '#shared/contract/exports.ts'
import type { AttributeValue, KeyValue } from '#shared/model/jsonb.ts'
import type { LogData, MetricData, SpanData } from '#shared/model/telemetry-data.ts'
import { Redactor } from './redactor.ts'

const key = new Uint8Array(32)
const mail = 'bob@example.com'
const pairs = (values: Readonly<Record<string, AttributeValue>>): KeyValue[] =>
  Object.entries(values).map(([name, value]) => ({ key: name, value }))

const resource = {
  serviceName: 'shop',
  attributes: pairs({ 'service.name': 'shop', 'host.ip': ['10.1.2.3'] }),
  droppedAttributesCount: 0,
  entityRefs: [{ schemaUrl: '', type: 'host', idKeys: ['host.ip'], descriptionKeys: ['service.name'] }],
  schemaUrl: '',
}
const scope = {
  name: 'lib',
  version: '1.2.3.4',
  attributes: pairs({ owner: mail }),
  droppedAttributesCount: 0,
  schemaUrl: '',
}

const span: SpanData = {
  resource,
  scope,
  traceId: `${'0'.repeat(31)}1`,
  spanId: `${'0'.repeat(15)}1`,
  parentSpanId: null,
  traceState: `a=${mail}`,
  flags: 0,
  name: `login ${mail}`,
  kind: 2,
  startUnixNano: 0n,
  endUnixNano: 1n,
  statusCode: 2,
  statusMessage: `no user ${mail}`,
  attributes: pairs({
    'user.password': 'hunter2',
    'http.request.header.authorization': ['Bearer abcdefgh1'],
    'db.query.text': "SELECT 1 FROM t WHERE m = 'x'",
    'db.query.parameter.0': 42n,
    'llm.token.count': 512n,
    card: 4111111111111111n,
    nested: { pairs: pairs({ list: [mail, { pairs: pairs({ secret: 's' }) }] }) },
    [`by ${mail}`]: true,
    bytes: new TextEncoder().encode(mail),
    'app.version': '10.0.0.9',
    'conversion.peer': '10.1.2.3',
  }),
  droppedAttributesCount: 0,
  events: [{ timeUnixNano: 0n, name: mail, attributes: pairs({ m: mail }), droppedAttributesCount: 0 }],
  droppedEventsCount: 0,
  links: [
    {
      traceId: '1',
      spanId: '2',
      traceState: mail,
      attributes: pairs({ m: mail }),
      droppedAttributesCount: 0,
      flags: 0,
    },
  ],
  droppedLinksCount: 0,
}

const log: LogData = {
  resource,
  scope,
  timeUnixNano: 0n,
  observedTimeUnixNano: 0n,
  severityNumber: 9,
  severityText: 'INFO',
  body: { pairs: pairs({ [mail]: mail, password: 'hunter2', deep: [[mail]] }) },
  attributes: pairs({ m: mail }),
  droppedAttributesCount: 0,
  flags: 0,
  eventName: mail,
  traceId: null,
  spanId: null,
}

const metric: MetricData = {
  resource,
  scope,
  name: 'logins',
  description: `ask ${mail}`,
  unit: '1',
  type: 'gauge',
  temporality: 0,
  monotonic: false,
  metadata: pairs({ m: mail }),
  points: [
    {
      attributes: pairs({ m: mail }),
      startUnixNano: 0n,
      timeUnixNano: 0n,
      flags: 0,
      intValue: 1n,
      doubleValue: null,
      count: null,
      sum: null,
      min: null,
      max: null,
      bucketCounts: [],
      explicitBounds: [],
      scale: 0,
      zeroCount: 0n,
      zeroThreshold: 0,
      positive: null,
      negative: null,
      quantileValues: [],
      exemplars: [
        {
          timeUnixNano: 0n,
          intValue: 1n,
          doubleValue: null,
          traceId: null,
          spanId: null,
          attributes: pairs({ m: mail }),
        },
      ],
    },
  ],
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_name, field: unknown) => {
    if (typeof field === 'bigint') return field.toString()
    return field instanceof Uint8Array ? new TextDecoder().decode(field) : field
  })

describe('a redactor', () => {
  it('lets nothing secret through, wherever in a record it stands', () => {
    const redactor = new Redactor(defaultRedaction, key)
    for (const record of [redactor.span(span), redactor.log(log), redactor.metric(metric)]) {
      for (const secret of [mail, 'hunter2', 'abcdefgh1', "'x'", '10.1.2.3', '4111111111111111']) {
        expect(text(record)).not.toContain(secret)
      }
    }
  })

  it('looks into every text of a record, whatever its field is called', () => {
    // These are no texts of a person: the names of types, and ids.
    const exact = new Set(['traceId', 'spanId', 'type'])
    const everywhere = (value: unknown, field = ''): unknown => {
      if (typeof value === 'string') return exact.has(field) ? value : `of ${mail}`
      if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
      if (Array.isArray(value)) return value.map((item) => everywhere(item))
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, everywhere(each, name)]))
    }
    const redactor = new Redactor(defaultRedaction, key)
    const filled = [span, log, metric].map((record) => everywhere(record)) as [SpanData, LogData, MetricData]
    for (const record of filled) expect(text(record).split(mail).length).toBeGreaterThan(10)
    const [filledSpan, filledLog, filledMetric] = filled
    const redacted = [redactor.span(filledSpan), redactor.log(filledLog), redactor.metric(filledMetric)]
    for (const record of redacted) expect(text(record)).not.toContain(mail)
  })

  it('leaves what is not secret, and counts apart from secrets that are called alike', () => {
    const redacted = text(new Redactor(defaultRedaction, key).span(span))
    for (const kept of ['"llm.token.count","value":"512"', '"app.version","value":"10.0.0.9"', '"version":"1.2.3.4"'])
      expect(redacted).toContain(kept)
  })

  it('gives equal values equal pseudonyms across records and kinds of places', () => {
    const redactor = new Redactor(defaultRedaction, key)
    const name = redactor.span(span).name.replace('login ', '')
    expect(name).toMatch(/^\[email:[0-9a-f]{10}\]$/)
    expect(redactor.log(log).eventName).toBe(name)
    expect(redactor.metric(metric).description).toBe(`ask ${name}`)
  })

  it('shares redacted resources as they were shared, so that they stay one in a file', () => {
    const redactor = new Redactor(defaultRedaction, key)
    expect(redactor.span(span).resource).toBe(redactor.log(log).resource)
  })

  it('replaces attributes by names of one’s own, with stars, in any case', () => {
    const redactor = new Redactor({ rules: [], names: ['Order.*', '*.tenant'], patterns: [] }, key)
    const redacted = redactor.attributes(
      'attribute',
      pairs({ 'order.id': 'o-1', 'ORDER.lines': [1n, 2n], 'my.tenant': 'acme', border: 'b', mail }),
    )
    expect(redacted.map(({ value }) => text(value).replaceAll(/[0-9a-f]{10}/g, '…'))).toEqual([
      '"[redacted:…]"',
      '["[redacted:…]","[redacted:…]"]',
      '"[redacted:…]"',
      '"b"',
      `"${mail}"`,
    ])
  })

  it('tells what it found, with a sample for each place', () => {
    const redactor = new Redactor(defaultRedaction, key)
    redactor.span(span)
    const found = new Map(redactor.found.map(({ rule, count }) => [rule, count]))
    expect(found.get('cards')).toBe(1)
    expect(found.get('emails')).toBeGreaterThan(5)
    expect(redactor.samples).toContainEqual(
      expect.objectContaining({ rule: 'secrets', where: 'attribute user.password', before: 'hunter2' }),
    )
  })

  it('that is off gives back the very record', () => {
    const off = new Redactor(noRedaction, key)
    expect([off.span(span), off.log(log), off.metric(metric)]).toEqual([span, log, metric])
    expect(off.found).toEqual([])
  })
})
