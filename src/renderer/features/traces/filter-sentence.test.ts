import { describe, expect, test } from 'vitest'
import { filterSentence } from './filter-sentence.ts'

const start = new Date(2026, 10, 22, 12, 9, 10)
const end = new Date(2026, 10, 22, 12, 10, 20)
const now = new Date(2026, 10, 22, 13)

function nanos(date: Date): string {
  return `${date.getTime()}000000`
}

describe('what a brush asked for, in words', () => {
  test('subject, service, operation, time, duration and outcome', () => {
    expect(
      filterSentence(
        {
          url: { of: 'requests', operation: 'POST /orders', min: '1200ms', max: '5s', outcome: 'failed' },
          service: 'checkout',
          start: nanos(start),
          end: nanos(end),
        },
        now,
      ),
    ).toBe('requests of checkout, POST /orders, between 12:09:10 and 12:10:20, 1.20 s – 5.00 s, failed')
  })

  test('only what is there', () => {
    const none = { service: undefined, start: undefined, end: undefined }
    expect(filterSentence({ url: { of: 'clients' }, ...none }, now)).toBe('client calls')
    expect(filterSentence({ url: { of: 'internal', min: '2s' }, ...none }, now)).toBe(
      'internal spans, 2.00 s and longer',
    )
    expect(filterSentence({ url: { of: 'producers', max: '2s' }, ...none, end: nanos(end) }, now)).toBe(
      'messages sent, before 12:10:20, up to 2.00 s',
    )
    expect(filterSentence({ url: { of: 'requests' }, ...none, start: nanos(start) }, new Date(2026, 10, 25))).toBe(
      'requests, since 2026-11-22 12:09:10',
    )
  })

  test('nothing of whole traces', () => {
    const parts = { service: 'checkout', start: nanos(start), end: nanos(end) }
    expect(filterSentence({ url: { min: '1s' }, ...parts }, now)).toBeUndefined()
    expect(filterSentence({ url: { of: 'trace', min: '1s' }, ...parts }, now)).toBeUndefined()
  })
})
