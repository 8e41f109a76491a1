import { expect, test } from 'vitest'
import { pageWithPolicy } from './page.ts'

const index = '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'

test('the page and its policy carry the same nonce', () => {
  const { html, headers } = pageWithPolicy(index, 'abc')
  expect(html).toBe('<meta property="csp-nonce" nonce="abc"><style nonce="abc"></style>')
  expect(headers['content-security-policy']).toContain("style-src 'self' 'nonce-abc'")
})

test('the policy allows nothing that is not named', () => {
  const policy = pageWithPolicy(index, 'abc').headers['content-security-policy'] ?? ''
  expect(policy.split('; ')[0]).toBe("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
})

test('a page with a policy of its own is never kept', () => {
  expect(pageWithPolicy(index, 'abc').headers['cache-control']).toBe('no-store')
})
