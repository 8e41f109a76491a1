import { expect, test } from 'vitest'
import { loadlabUrlSchema } from './loadlab-url.ts'

test('a link opens a sheet, and what is mangled is as if absent', () => {
  expect(loadlabUrlSchema.parse({ sheet: '12', answers: 'true' })).toMatchObject({
    sheet: 12,
    answers: true,
  })
  const mangled = { sheet: '-1', rate: '1000', seed: 'x', profile: 'flat', show: 'map' }
  expect(Object.values(loadlabUrlSchema.parse(mangled)).filter((value) => value !== undefined)).toEqual([])
})
