import { expect, test } from 'vitest'
import { readSort, settingsUrlSchema, sortPatch } from './settings-url.ts'

test('a mangled address sorts by size', () => {
  expect(readSort(settingsUrlSchema.parse({ sort: 'colour', reversed: 'perhaps' }))).toEqual({
    column: 'bytes',
    reversed: false,
  })
})

test('a second click turns the order, another column starts anew', () => {
  const once = sortPatch({ column: 'bytes', reversed: false }, 'spans')
  expect(once).toEqual({ sort: 'spans', reversed: undefined })
  const twice = sortPatch(readSort(once), 'spans')
  expect(twice).toEqual({ sort: 'spans', reversed: true })
  expect(sortPatch(readSort(twice), 'bytes')).toEqual({ sort: undefined, reversed: undefined })
})
