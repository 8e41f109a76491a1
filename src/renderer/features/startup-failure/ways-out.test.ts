import { expect, test } from 'vitest'
import { errorStatuses } from '#shared/contract/errors.ts'
import type { StartFailureCode } from '#shared/contract/host.ts'
import { failureText } from './ways-out.ts'

const codes = [...(Object.keys(errorStatuses) as StartFailureCode[]), 'ENGINE_DIED', 'ELECTRON_TOO_OLD'] as const

test.each(codes)('%s has a title, advice and no way out twice', (code) => {
  const { title, advice, ways } = failureText(code)
  expect(title).not.toBe('')
  expect(advice).not.toBe('')
  expect(new Set(ways.map(({ way }) => way)).size).toBe(ways.length)
})

test('a taken port is answered by other ports, a damaged file by another file', () => {
  expect(failureText('PORT_TAKEN').ways[0]?.way).toBe('free-ports')
  expect(failureText('STORE_CORRUPT').ways.map(({ way }) => way)).toEqual(
    expect.arrayContaining(['fresh-file', 'choose-file']),
  )
})

test('a file that cannot be written offers no new one beside it', () => {
  expect(failureText('STORE_READONLY').ways.map(({ way }) => way)).not.toContain('fresh-file')
})
