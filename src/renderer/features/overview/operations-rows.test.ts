import { describe, expect, it } from 'vitest'
import { defaultApdexThresholdNs, type OperationSignals } from '#shared/contract/operations.ts'
import { firstDirection, operationKey, operationRow, sortedKeys } from './operations-rows.ts'

const ms = 1e6
const signals = (more: Partial<OperationSignals>): OperationSignals => ({
  service: 'cart',
  operation: 'GET /cart',
  kind: 'server',
  requests: 100,
  ratePerSecond: 0.1,
  errors: 3,
  errorRatio: 0.03,
  implicitErrors: 1,
  n: 100,
  p50Ns: 5 * ms,
  p95Ns: 20 * ms,
  p99Ns: 50 * ms,
  shareOfTime: 0.4,
  apdex: 0.97,
  apdexThresholdNs: defaultApdexThresholdNs,
  ...more,
})
const context = { relativeError: 0.008, coveredSeconds: undefined }

describe('operationRow', () => {
  it('counts explicit and implicit errors together, and apart on hover', () => {
    const { errors, hasErrors } = operationRow(signals({}), context)
    expect(errors).toEqual({ text: '4 %', hint: '3 explicit and 1 implicit of 100' })
    expect(hasErrors).toBe(true)
  })

  it('tells n and error bound of its percentiles, and when they are of few', () => {
    expect(operationRow(signals({}), context).p99.hint).toMatch(/P99 of 100: 50\sms, within 0\.8\s%$/)
    const few = operationRow(signals({ n: 3 }), context)
    expect(few.isFew).toBe(true)
    expect(few.p50.hint).toContain('too few')
  })

  it('has a rate over the time that is known of', () => {
    expect(operationRow(signals({}), context).rate.text).toBe('0.1/s')
    expect(operationRow(signals({}), { ...context, coveredSeconds: 50 }).rate.text).toBe('2/s')
  })

  it('shows what is not there as a dash', () => {
    const none = operationRow(signals({ requests: 0, n: 0, p50Ns: null, apdex: null }), context)
    expect([none.p50.text, none.apdex.text, none.errors.text]).toEqual(['–', '–', '0 %'])
  })
})

describe('the order of the table', () => {
  const a = signals({ service: 'a', operation: 'node-9', p99Ns: 30 * ms, apdex: null })
  const b = signals({ service: 'b', operation: 'node-10', p99Ns: null, apdex: 0.5 })
  const c = signals({ service: 'c', operation: 'x', p99Ns: 70 * ms, apdex: 0.9 })
  const letters = (sort: Parameters<typeof sortedKeys>[1], direction: 'up' | 'down') =>
    sortedKeys([a, b, c], sort, direction).map((key) => (JSON.parse(key) as string[])[0])

  it('is by names or figures, what has none last', () => {
    expect(letters('operation', 'up')).toEqual(['a', 'b', 'c'])
    expect(letters('p99', 'down')).toEqual(['c', 'a', 'b'])
    expect(letters('p99', 'up')).toEqual(['a', 'c', 'b'])
    expect(letters('apdex', firstDirection('apdex'))).toEqual(['b', 'c', 'a'])
  })

  it('keeps operations of one name apart by service and kind', () => {
    expect(new Set([a, { ...a, kind: 'client' }, { ...a, service: 'b' }].map(operationKey)).size).toBe(3)
  })
})
