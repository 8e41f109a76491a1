import { expect, test } from 'vitest'
import { weightOf } from './weight.ts'

test.each([
  ['', 1],
  ['vendor=1', 1],
  ['ot=th:0', 1],
  ['ot=th:8', 2],
  ['ot=th:c', 4],
  ['ot=th:e;rv:00000000000001', 8],
  ['vendor=x,ot=rv:00000000000001;th:c', 4],
  ['not=th:c', 1],
  ['ot=th:', 1],
  ['ot=th:XYZ', 1],
  ['ot=th:123456789abcdef', 1],
])('%s stands for %d', (traceState, weight) => {
  expect(weightOf(traceState)).toBe(weight)
})

test('one in ten, to the precision sent', () => {
  expect(weightOf('ot=th:e6666666666666')).toBeCloseTo(10, 9)
})
