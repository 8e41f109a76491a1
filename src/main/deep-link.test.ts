import { expect, test } from 'vitest'
import { screenOfLink } from './deep-link.ts'

const id = '0af7651916cd43dd8448eb211c80319c'

test('a link to a trace names its screen', () => {
  expect(screenOfLink(`spanlight://trace/${id}`)).toBe(`/traces/${id}`)
  expect(screenOfLink(`spanlight://trace/${id}/`)).toBe(`/traces/${id}`)
  expect(screenOfLink(`SPANLIGHT://trace/${id.toUpperCase()}`)).toBe(`/traces/${id}`)
})

test.each([
  '',
  'spanlight://',
  'spanlight://trace/',
  `spanlight://trace/${id}0`,
  `spanlight://trace/${id.slice(1)}`,
  `spanlight://trace/${id}?next=https://example.org`,
  `spanlight://trace/${id}\n`,
  `spanlight://trace/../${id}`,
  `spanlight://settings/${id}`,
  `spanlight:trace/${id}`,
  `https://trace/${id}`,
  `spanlight://trace/${'0'.repeat(32)}`,
])('%j opens nothing', (link) => {
  expect(screenOfLink(link)).toBeUndefined()
})
