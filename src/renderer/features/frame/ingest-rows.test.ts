import { expect, test } from 'vitest'
import { lossLines, rateRows, rateTexts } from './ingest-rows.ts'

const service = (name: string, spans: number) => ({ name, spans, logs: 0, points: 0 })

test('what does not come in is a dash', () => {
  expect(rateTexts({ spans: 1_240, logs: 0.4, points: 0 })).toEqual({ spans: '1,240/s', logs: '0.4/s', points: '–' })
})

test('the busiest services stand by name', () => {
  const services = Array.from({ length: 12 }, (_, index) => service(`s${String(11 - index).padStart(2, '0')}`, index))
  const { rows, more } = rateRows(services)
  expect(rows.map(({ name }) => name)).toEqual(['s02', 's03', 's04', 's05', 's06', 's07', 's08', 's09', 's10', 's11'])
  expect(more).toBe(2)
})

test('losses stand by when they happened last, with all that was ever lost', () => {
  const losses = [
    { signal: 'traces', reason: 'invalid trace id', count: 1_200 },
    { signal: 'logs', reason: 'invalid UTF-8', count: 3 },
    { signal: 'logs', reason: 'from long ago', count: 9 },
  ]
  const minutes = [
    { signal: 'logs', reason: 'invalid UTF-8', count: 1, minuteUnixNano: '180' },
    { signal: 'logs', reason: 'invalid UTF-8', count: 2, minuteUnixNano: '60' },
    { signal: 'traces', reason: 'invalid trace id', count: 1, minuteUnixNano: '120' },
  ]
  expect(lossLines(losses, minutes)).toEqual([
    { signal: 'logs', reason: 'invalid UTF-8', count: '3', lastUnixNano: '180' },
    { signal: 'traces', reason: 'invalid trace id', count: '1,200', lastUnixNano: '120' },
    { signal: 'logs', reason: 'from long ago', count: '9', lastUnixNano: undefined },
  ])
})
