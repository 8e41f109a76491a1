import { expect, test } from 'vitest'
import { compareNames, operationText, serviceText } from './names.ts'

test('a name that shows nothing says so', () => {
  for (const name of ['', '   ', '\n\t', '\u001b[31m\u001b[0m']) {
    expect(serviceText(name)).toBe('(no service name)')
    expect(operationText(name)).toBe('(no name)')
  }
})

test('a name neither reorders what stands beside it nor grows without end', () => {
  expect(serviceText('user\u202egnp.exe')).toBe('user\\u202egnp.exe')
  expect(operationText('N'.repeat(10_000)).length).toBeLessThan(500)
})

test('numbers within names count as numbers', () => {
  expect(['node-10', 'node-9', 'cart'].sort(compareNames)).toEqual(['cart', 'node-9', 'node-10'])
})
