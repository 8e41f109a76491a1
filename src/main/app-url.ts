/** The addresses the shell knows: the app's own, and those it hands to the system's browser. */

export const appScheme = 'app'
const host = 'spanlight'

export const appUrl = `${appScheme}://${host}/`

/** Whether an address is one of the app's own. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${appScheme}:` && parsed.host === host
}

/** The address as it may be opened outside: only what certainly is a web page, for other schemes start programs. */
export function outsideUrl(url: string): string | undefined {
  const parsed = URL.parse(url)
  return parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? parsed.href : undefined
}
