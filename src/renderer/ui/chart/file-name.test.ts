import { expect, test } from 'vitest'
import { fileName } from './file-name.ts'

test('names say what and when, and are names on every system', () => {
  const start = 1_795_336_500_000_000_000n
  expect(fileName('Latency percentiles', start, 'png')).toBe('latency-percentiles-2026-11-22T083500Z.png')
  expect(fileName('P95 · histogram in {req}/s', start, 'csv')).toBe('p95-histogram-in-req-s-2026-11-22T083500Z.csv')
  expect(fileName('../Ü<>:"|?*', start, 'csv')).toBe('u-2026-11-22T083500Z.csv')
})
