import { expect, test } from 'vitest'
import { deletedText } from './deleted-trace.ts'

const deletedAt = new Date(2026, 10, 22, 12, 9, 41, 218)
const data = { prunedUnixNano: `${deletedAt.getTime()}000000`, reason: 'pruned: over the size limit' }
const failure = (fields: object) => Object.assign(new Error('not here'), fields)

test('says when it was deleted and why', () => {
  expect(deletedText(failure({ code: 'NOT_FOUND', data }), deletedAt)).toBe(
    'It was deleted at 12:09:41: over the size limit.',
  )
  const later = new Date(deletedAt.getTime() + 3 * 86_400_000)
  expect(deletedText(failure({ code: 'NOT_FOUND', data }), later)).toContain('2026-11-22 12:09:41')
})

test('has nothing to say about what was never here or failed otherwise', () => {
  expect(deletedText(failure({ code: 'NOT_FOUND' }), deletedAt)).toBeUndefined()
  expect(deletedText(failure({ code: 'NOT_FOUND', data: { prunedUnixNano: 'x' } }), deletedAt)).toBeUndefined()
  expect(deletedText(failure({ code: 'BUSY', data }), deletedAt)).toBeUndefined()
  expect(deletedText(undefined, deletedAt)).toBeUndefined()
})
