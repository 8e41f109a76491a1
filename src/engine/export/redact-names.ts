/** Which attributes are replaced as a whole, by their name. */

/** Words that make a name one of a secret, whole words only: `user.password` and `dbPassword`, not `passwordless`. */
const secretWords = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'jwt',
  'apikey',
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'cvv',
  'cvc',
  'otp',
  'sessionid',
  'jsessionid',
  'csrf',
  'xsrf',
])

/** The same of two words that follow each other. */
const secretPairs = new Set([
  'api key',
  'access key',
  'private key',
  'secret key',
  'signing key',
  'encryption key',
  'account key',
  'pass word',
])

/** Of these even a number is one; a `token.count` is none. */
const numericSecrets = new Set(['password', 'passwd', 'pwd', 'passphrase', 'cvv', 'cvc', 'otp'])

/** Words of a name: `http.request.header.x-api-key` → …, x, api, key; `accessToken` → access, token. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
}

export function isSecretName(name: string, isNumeric = false): boolean {
  const words = wordsOf(name)
  if (isNumeric) return words.some((word) => numericSecrets.has(word))
  return words.some((word, index) => secretWords.has(word) || secretPairs.has(`${word} ${words[index + 1] ?? ''}`))
}

/** Whether its value is a version number, which may look like an address; a `conversion` is none. */
export function isVersionName(name: string): boolean {
  return /version/i.test(name) && wordsOf(name).includes('version')
}

/** Parameters of statements (database semantic conventions): their values are literals outside the text. */
export function isStatementParameter(name: string): boolean {
  return name.startsWith('db.query.parameter.') || name.startsWith('db.operation.parameter.')
}

/** A matcher for names and words as people write them: in any case, `*` for any characters. Takes linear time for each star. */
export function starMatcher(pattern: string): (name: string) => boolean {
  const parts = pattern.toLowerCase().split('*')
  const [first = '', ...rest] = parts
  const last = rest.pop()
  return (name) => {
    const text = name.toLowerCase()
    if (last === undefined) return text === first
    if (!text.startsWith(first)) return false
    let from = first.length
    for (const part of rest) {
      const at = text.indexOf(part, from)
      if (at < 0) return false
      from = at + part.length
    }
    return text.length - last.length >= from && text.endsWith(last)
  }
}
