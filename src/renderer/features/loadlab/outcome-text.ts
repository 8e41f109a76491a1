/** How a request to one's own service ended, in words. */

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ECONNRESET: 'connection closed before the answer was whole',
  ENOTFOUND: 'the host name is not known',
  EHOSTUNREACH: 'the host can not be reached',
  EPROTO: 'no TLS where https was asked for, or the reverse',
  timeout: 'no answer within 30 s',
  'not sent': 'not sent: 5,000 requests were in flight',
}

export function isFailedOutcome(outcome: string): boolean {
  return !/^[123]\d\d$/.test(outcome)
}

/** A status code stays as it is; of what went wrong the code is told, too. */
export function outcomeText(outcome: string): string {
  if (/^\d{3}$/.test(outcome)) return `status ${outcome}`
  const text = words[outcome]
  return text === undefined ? outcome : /^E[A-Z]+$/.test(outcome) ? `${text} (${outcome})` : text
}
