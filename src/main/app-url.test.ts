import { describe, expect, test } from 'vitest'
import { isAppUrl, outsideUrl } from './app-url.ts'

test.each(['app://spanlight/', 'app://spanlight/traces/1?x=2'])('%s is the app', (url) => {
  expect(isAppUrl(url)).toBe(true)
})

test.each(['', 'app://other/', 'app:spanlight', 'https://spanlight/', 'app://spanlight.evil/', 'app://spanlight:1/'])(
  '%j is not the app',
  (url) => {
    expect(isAppUrl(url)).toBe(false)
  },
)

describe('the system’s browser', () => {
  test('gets web pages', () => {
    expect(outsideUrl('https://opentelemetry.io/docs/')).toBe('https://opentelemetry.io/docs/')
  })

  test.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'smb://host/share',
    'https://user:secret@example.org/',
    'nonsense',
  ])('never gets %s', (url) => {
    expect(outsideUrl(url)).toBeUndefined()
  })
})
