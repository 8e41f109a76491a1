/** A log line from plain text: time and severity where its start tells them unmistakably, and the ids it carries. */

import { spanIdOf, traceIdOf } from './log-ids.ts'
import type { LogLine } from './log-line.ts'
import { severityOfSyslog, severityOfWord } from './log-severity.ts'
import { instantFrom, type LeadingTime, leadingIso, leadingSyslog } from './log-time.ts'

/** What the start of a line says. */
export interface LineStart {
  readonly timeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  /** Where the message begins. */
  readonly messageAt: number
}

const words =
  'TRACE|TRCE|VERBOSE|VRB|DEBUG|DBUG|DBG|INFO|INF|NOTICE|WARN|WARNING|WRN|ERROR|ERR|FAIL|CRIT|CRITICAL|FATAL|FTL'
const capitals = new RegExp(
  `^(${words}|FINEST|FINER|FINE|CONFIG|INFORMATION|SEVERE|DPANIC|PANIC|ALERT|EMERG)(?=[\\s:|,\\]]|$)`,
)
const bracketed = new RegExp(`^[[<(](${words}|information|alert|emerg)[\\])>]`, 'i')
const beforeColon = new RegExp(`^(${words}):(?=\\s|\\w|$)`, 'i')
/** Thread, process and logger between the time and the level; a plain word would be the message's. */
const between =
  /^(?:\[[^\]]{0,80}\]|\([^)]{0,80}\)|\d{1,10}|[^\s[(]{1,60} [-|](?=\s)|[^\s[(]{0,60}[.:\]/][^\s[(]{0,60})\s+/
const maxBetween = 4
const separators = /^[\s\-–|:,\])>]+/
const ruby = /^[DIWEFA], \[(\S+) #\d+\] +([A-Z]+) -- [^:]*: /
const klog = /^([IWEF])(\d{2})(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{6}) +\d+ [\w./-]+:\d+\] /
const syslogPriority = /^<(\d{1,3})>(?:1 )?/
const crash = /^(?:Traceback \(most recent call last\)|Exception in thread|Unhandled exception|Uncaught )/
const panic = /^(?:panic: |fatal error: |thread '.*' panicked at )/
// Colours and other sequences of a terminal.
const escapeCharacter = String.fromCharCode(27)
const terminalSequence = new RegExp(`${escapeCharacter}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07]{0,2000}\\x07)`, 'g')

export function withoutColours(line: string): string {
  return line.includes(escapeCharacter) ? line.replace(terminalSequence, '') : line
}

/** `line` has no colours. `observedUnixNano` tells the year where a line leaves it out. */
export function lineStart(line: string, observedUnixNano: bigint): LineStart {
  return wholeLayout(line, observedUnixNano) ?? parts(line, observedUnixNano)
}

/** Layouts that are known from their first to their last character. */
function wholeLayout(line: string, observedUnixNano: bigint): LineStart | undefined {
  const [rubyStart, rubyTime = '', rubyLevel = ''] = ruby.exec(line) ?? []
  if (rubyStart !== undefined) {
    const severityText = rubyLevel
    const timeUnixNano = leadingIso(rubyTime)?.unixNano ?? 0n
    return { timeUnixNano, severityNumber: severityOfWord(rubyLevel), severityText, messageAt: rubyStart.length }
  }
  const [klogStart, letter = '', month, day, hour, minute, second, micros = ''] = klog.exec(line) ?? []
  if (klogStart === undefined) return undefined
  const year = new Date(Number(observedUnixNano / 1_000_000n)).getFullYear()
  const moment = [year, Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const
  const timeUnixNano = instantFrom(moment, micros, '') ?? 0n
  return { timeUnixNano, severityNumber: severityOfWord(letter), severityText: letter, messageAt: klogStart.length }
}

/** A time, then a level, each if it is there. */
function parts(line: string, observedUnixNano: bigint): LineStart {
  const [prioritized = '', priority] = syslogPriority.exec(line) ?? []
  const bracket = line[prioritized.length] === '[' ? 1 : 0
  const timeAt = prioritized.length + bracket
  const time = leadingTime(line.slice(timeAt, timeAt + 48), observedUnixNano)
  const afterTime = time ? skip(line, timeAt + time.length) : prioritized.length
  const level = time ? levelSoon(line, afterTime) : levelAt(line, afterTime, false)
  const given = priority === undefined ? 0 : severityOfSyslog(Number(priority) & 7)
  return {
    timeUnixNano: time?.unixNano ?? 0n,
    severityNumber: level?.number ?? (given || crashSeverity(line)),
    severityText: level?.text ?? '',
    messageAt: level?.messageAt ?? afterTime,
  }
}

function leadingTime(text: string, observedUnixNano: bigint): LeadingTime | undefined {
  return leadingIso(text) ?? leadingSyslog(text, observedUnixNano)
}

interface Level {
  readonly number: number
  readonly text: string
  /** Behind it; undefined where it stays part of the message. */
  readonly messageAt: number | undefined
}

function levelSoon(line: string, from: number): Level | undefined {
  let at = from
  for (let passed = 0; passed <= maxBetween; passed++) {
    const level = levelAt(line, at, passed > 0)
    if (level) return passed === 0 ? level : { ...level, messageAt: undefined }
    const token = between.exec(line.slice(at, at + 100))
    if (token === null) return undefined
    at = skip(line, at + token[0].length)
  }
  return undefined
}

/** In capitals, in brackets, or before a colon at the line's start. */
function levelAt(line: string, at: number, isFar: boolean): Level | undefined {
  const text = line.slice(at, at + 16)
  const match = capitals.exec(text) ?? bracketed.exec(text) ?? (isFar ? null : beforeColon.exec(text))
  if (match === null) return undefined
  const [whole, word = ''] = match
  // `Error: …` is what an exception is called.
  const isName = !whole.startsWith('[') && /^[A-Z][a-z]/.test(word)
  const messageAt = isName ? undefined : skip(line, at + whole.length)
  return { number: severityOfWord(word), text: word, messageAt }
}

function crashSeverity(line: string): number {
  return panic.test(line) ? severityOfWord('fatal') : crash.test(line) ? severityOfWord('error') : 0
}

function skip(line: string, from: number): number {
  return from + (separators.exec(line.slice(from, from + 32))?.[0].length ?? 0)
}

/** Ids stand near the start of a line. */
const maxContextCharacters = 8_192
const traceName = /\b(?:trace[_.-]?id|otelTraceID)["']?\s?[=:]\s?["']?([0-9a-f]{16}(?:[0-9a-f]{16})?)\b/i
const spanName = /\b(?:span[_.-]?id|otelSpanID)["']?\s?[=:]\s?["']?([0-9a-f]{16})\b/i
const datadog = /\bdd\.(trace|span)_id=(\d{1,20})\b/g
/** Spring Boot's `[service,trace,span]` and `[trace-span]`. */
const springContext = /\[(?:[^\],]{0,100},)?([0-9a-f]{32})[-,]([0-9a-f]{16})[\],]/
const serviceName = /\b(?:resource\.)?service\.name[=:]\s?([\w.-]+)/

/** `text` may have more lines than its first. */
export function lineOfText(text: string, start: LineStart): LogLine {
  const { messageAt, ...told } = start
  const message = text.slice(messageAt).trimEnd()
  return {
    ...told,
    ...idsOf(text.slice(0, maxContextCharacters)),
    body: message === '' ? text : message,
    attributes: [],
    flags: 0,
  }
}

function idsOf(text: string): Pick<LogLine, 'traceId' | 'spanId' | 'service'> {
  const context = springContext.exec(text)
  const decimal = new Map([...text.matchAll(datadog)].map(([, kind = '', id = '']) => [kind, id]))
  const trace = traceName.exec(text)?.[1] ?? context?.[1]
  const span = spanName.exec(text)?.[1] ?? context?.[2]
  return {
    traceId: (trace === undefined ? traceIdOf(decimal.get('trace'), true) : traceIdOf(trace, false)) ?? null,
    spanId: (span === undefined ? spanIdOf(decimal.get('span'), true) : spanIdOf(span, false)) ?? null,
    service: serviceName.exec(text)?.[1],
  }
}
