/** The app's page as every host serves it: with a content policy and a nonce of its own for each load. */

const noncePlaceholder = /__CSP_NONCE__/g

export interface Page {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** Headers of everything a host serves. */
export const securityHeaders = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const

/** `index` is the built index.html, `nonce` must be new and unguessable for each load. */
export function pageWithPolicy(index: string, nonce: string): Page {
  return {
    html: index.replace(noncePlaceholder, nonce),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  }
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
