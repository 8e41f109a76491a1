import { expect, test } from 'vitest'
import { operationOptions } from './operation-options.ts'

test('the one typed in full comes first, then beginnings', () => {
  expect(operationOptions(['a GET', 'GET /', 'GET'], 'get')).toEqual(['GET', 'GET /', 'a GET'])
})

test('each once, and none without a name', () => {
  expect(operationOptions(['b', 'a', 'b', ''], '')).toEqual(['b', 'a'])
})
