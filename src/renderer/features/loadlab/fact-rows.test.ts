import { expect, test } from 'vitest'
import { factRows } from './fact-rows.ts'

const run = {
  requests: 200,
  errors: 9,
  inFlight: 4,
  dropped: 0,
  p50Ms: null,
  p95Ms: 190.4,
  currentRate: 5.2,
  profile: 'steady' as const,
  paused: false,
  telemetry: { spans: 1200, logs: 34, points: 6, refused: 0 },
}

test('figures say what they count; loss is marked', () => {
  const facts = new Map(factRows(run).map((fact) => [fact.name, fact]))
  expect(facts.get('P50')?.value).toBe('–')
  expect(facts.get('Errors')?.value).toBe('9 (4.5 %)')
  expect(facts.get('Delivered')?.value).toBe('1,240')
  expect(facts.has('Now')).toBe(false)
  const lossy = factRows({ ...run, dropped: 3, telemetry: { ...run.telemetry, refused: 7 } })
  expect(lossy.filter(({ tone }) => tone === 'bad').map(({ name }) => name)).toEqual(['Dropped', 'Refused'])
})

test('the rate of the moment is told where it is not the one that was set', () => {
  expect(factRows({ ...run, profile: 'wave' })[0]).toMatchObject({ name: 'Now', value: '5.2/s' })
  expect(factRows({ ...run, paused: true, currentRate: 0 })[0]?.value).toBe('0/s')
})
