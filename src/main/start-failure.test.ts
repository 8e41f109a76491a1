import { expect, test } from 'vitest'
import { describeFailure, tooOld } from './start-failure.ts'

test('the report says what failed, where, and with what', () => {
  const { report } = describeFailure(
    { code: 'STORE_CORRUPT', message: 'The file is damaged.', databasePath: '/data/x.db' },
    'SIGBUS',
    {
      version: '1.2.3',
      platform: 'linux',
      arch: 'x64',
      osRelease: '6.1',
      versions: { electron: '45.4.1', chrome: '150.0', node: '24.1' },
    },
  )
  for (const fact of [
    'STORE_CORRUPT',
    'damaged',
    '/data/x.db',
    '1.2.3',
    'linux 6.1 x64',
    '45.4.1',
    '150.0',
    'SIGBUS',
  ]) {
    expect(report).toContain(fact)
  }
})

test('only an Electron with the right Node will do', () => {
  expect(tooOld('45.0.0')).toBeUndefined()
  expect(tooOld('46.1.2-beta.1')).toBeUndefined()
  expect(tooOld('44.9.9')).toMatchObject({ code: 'ELECTRON_TOO_OLD' })
  expect(tooOld(undefined)).toMatchObject({ code: 'ELECTRON_TOO_OLD' })
})
