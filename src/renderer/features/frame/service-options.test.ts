import { expect, test } from 'vitest'
import { serviceOptions } from './service-options.ts'

const service = (name: string) => ({ name, spanCount: 1, errorCount: 0, lastSeenUnixNano: '1' })

test('services stand by name, nameless ones have no row', () => {
  expect(serviceOptions([service('shop'), service(''), service('cart')], undefined).map((row) => row.value)).toEqual([
    'cart',
    'shop',
  ])
})

test('a chosen service without data keeps its row', () => {
  expect(serviceOptions([service('shop')], 'bank').map((row) => row.value)).toEqual(['bank', 'shop'])
  expect(serviceOptions([service('shop')], 'shop')).toHaveLength(1)
})
