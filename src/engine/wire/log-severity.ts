/** Severity numbers for the words and numbers by which logging libraries call their levels. */

/** OpenTelemetry Logs Data Model, appendix B: each library's levels by their meaning, not by their place in its list. */
const numberOfWord = new Map<string, number>()
for (const [number, words] of [
  [1, 'trace trce trc verbose vrb silly finest all t'],
  [2, 'finer'],
  [5, 'debug dbug dbg fine d'],
  [8, 'config'],
  [9, 'info inf information informational i log'],
  [10, 'notice note success'],
  [13, 'warn warning wrn w'],
  [17, 'error err eror fail severe failure e'],
  [18, 'crit'],
  [19, 'alert'],
  [21, 'fatal ftl critical panic dpanic emerg emergency f a'],
] as const) {
  for (const word of words.split(' ')) numberOfWord.set(word, number)
}

/** Syslog's priorities 0 to 7 (RFC 5424, 6.2.1). */
const syslogNumbers = [21, 19, 18, 17, 13, 10, 9, 5] as const
/** pino and bunyan count from 10 to 60. */
const pinoLevels = [
  [60, 21, 'fatal'],
  [50, 17, 'error'],
  [40, 13, 'warn'],
  [30, 9, 'info'],
  [20, 5, 'debug'],
  [10, 1, 'trace'],
] as const

export interface Severity {
  readonly number: number
  readonly text: string
}

/** 0 for a word no library uses. Go's `INFO+2` is two steps above INFO. */
export function severityOfWord(word: string): number {
  const [, name = '', step] = /^([a-z]+)([+-]\d)?$/.exec(word.trim().toLowerCase()) ?? []
  const number = numberOfWord.get(name)
  if (number === undefined) return 0
  return Math.min(24, Math.max(1, number + Number(step ?? 0)))
}

/** A priority of syslog, journald or GELF. */
export function severityOfSyslog(priority: number): number {
  return syslogNumbers[priority] ?? 0
}

/** What a level field tells: a word, a number, or a number in quotes. */
export function severityOfField(value: unknown): Severity | undefined {
  if (typeof value === 'string' && !/^\d{1,2}$/.test(value)) {
    const text = value.trim()
    return text === '' || text.length > 32 ? undefined : { number: severityOfWord(text), text }
  }
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const level = Number(value)
  if (!Number.isInteger(level) || level < 0) return undefined
  if (level < 8) return { number: severityOfSyslog(level), text: String(level) }
  // Levels of one's own lie between the known ones.
  const known = level < 100 ? pinoLevels.find(([lowest]) => level >= lowest) : undefined
  return known && { number: known[1], text: known[0] === level ? known[2] : String(level) }
}
