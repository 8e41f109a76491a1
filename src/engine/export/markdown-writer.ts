/** Traces as a person would sum them up in a ticket or a chat: Markdown that GitHub, GitLab, Jira and Slack show. */

import type { LogData, SpanData } from '#shared/model/telemetry-data.ts'
import { toIsoNanos } from '#shared/model/time.ts'
import { textOfValue } from '../wire/plain-text.ts'
import type { ExportPiece, TraceNote } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'
import { exceptionOf, TraceDigest, type TraceDigestFacts } from './trace-digest.ts'

const maxOperations = 8
const maxServices = 12
const maxTextLength = 300
const maxNoteLength = 4_000

export class MarkdownWriter implements FormatWriter {
  #digest = new TraceDigest()
  #traces = 0;

  *write(piece: ExportPiece): Generator<string> {
    if (piece.kind !== 'trace') return
    for (const span of piece.spans) this.#digest.span(span)
    for (const log of piece.logs) this.#digest.log(log)
    if (!piece.last) return
    const facts = this.#digest.facts(piece.traceId)
    this.#digest = new TraceDigest()
    if (facts) yield `${this.#traces++ === 0 ? '' : '\n---\n\n'}${traceMarkdown(facts, piece.notes)}`
  }
}

function traceMarkdown(facts: TraceDigestFacts, notes: readonly TraceNote[]): string {
  const { root, traceId, startUnixNano, durationNs, spanCount, services, errorCount } = facts
  const named = services.slice(0, maxServices).map(code).join(', ')
  const more = services.length > maxServices ? ` and ${services.length - maxServices} more` : ''
  const lines = [
    `### ${plain(root.resource.serviceName)}: ${plain(root.name)}, ${durationText(durationNs)}${errorCount === 0 ? '' : `, ${counted(errorCount, 'error')}`}`,
    '',
    `- Trace ${code(traceId)}`,
    `- Started ${toIsoNanos(startUnixNano)
      .replace('T', ' ')
      .replace(/\d{6}Z$/, ' UTC')}`,
    `- ${counted(spanCount, 'span')} in ${counted(services.length, 'service')}: ${named}${more}`,
    '',
    ...notesMarkdown(notes),
    ...timesMarkdown(facts),
    ...errorsMarkdown(facts),
    ...logsMarkdown(facts),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** First: what a person found says more than any figure. */
function notesMarkdown(notes: readonly TraceNote[]): string[] {
  if (notes.length === 0) return []
  const told = notes.map(
    ({ spanId, text }) => `- ${plain(text, maxNoteLength)}${spanId === null ? '' : ` (span ${code(spanId)})`}`,
  )
  return ['**Notes**', '', ...told, '']
}

function timesMarkdown({ operations }: TraceDigestFacts): string[] {
  const total = operations.reduce((sum, { selfNs }) => sum + selfNs, 0)
  if (total === 0) return []
  const rows = operations
    .slice(0, maxOperations)
    .filter(({ selfNs }) => selfNs > 0)
    .map(
      ({ service, name, spans, selfNs }) =>
        `| ${cell(service)} | ${cell(name)} | ${spans} | ${durationText(selfNs)} | ${((selfNs / total) * 100).toFixed(1)} % |`,
    )
  return [
    '**Where the time went** (in the spans themselves, without their children)',
    '',
    '| service | operation | spans | time | share |',
    '| --- | --- | ---: | ---: | ---: |',
    ...rows,
    '',
  ]
}

function errorsMarkdown({ errors, errorCount }: TraceDigestFacts): string[] {
  if (errorCount === 0) return []
  const more = errorCount > errors.length ? [`- and ${errorCount - errors.length} more`] : []
  return ['**Errors**', '', ...errors.map(errorMarkdown), ...more, '']
}

function errorMarkdown(span: SpanData): string {
  const message = exceptionOf(span) ?? span.statusMessage
  const told = message === '' ? 'failed without a message' : plain(message)
  return `- ${code(span.resource.serviceName)} ${plain(span.name)}: ${told} (span ${code(span.spanId)})`
}

function logsMarkdown({ logs, logCount }: TraceDigestFacts): string[] {
  if (logs.length === 0) return []
  const title =
    logCount > logs.length ? `**Logs** (${logs.length} of ${logCount}, warnings and errors before others)` : '**Logs**'
  return [
    title,
    '',
    '| time | severity | service | message |',
    '| --- | --- | --- | --- |',
    ...logs.map(logMarkdown),
    '',
  ]
}

function logMarkdown(log: LogData): string {
  const at = log.timeUnixNano === 0n ? log.observedTimeUnixNano : log.timeUnixNano
  const body = log.body === undefined || log.body === null ? log.eventName : textOfValue(log.body)
  const severity = log.severityText === '' ? String(log.severityNumber) : log.severityText
  return `| ${toIsoNanos(at).slice(11, 23)} | ${cell(severity)} | ${cell(log.resource.serviceName)} | ${cell(body)} |`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function durationText(nanos: number): string {
  for (const [unit, size] of [
    ['s', 1e9],
    ['ms', 1e6],
    ['µs', 1e3],
  ] as const) {
    if (nanos >= size) return `${Number((nanos / size).toPrecision(3))} ${unit}`
  }
  return `${nanos} ns`
}

/** Text that stays text: nothing in it is markup, an entity, a formula, a mention, a list or a new line. */
function plain(text: string, maxLength = maxTextLength): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const short = line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
  return short
    .replaceAll(/[\\`*_{}[\]<>#|~&$@]/g, (character) => (character === '@' ? '@\u200b' : `\\${character}`))
    .replace(/^(\d{0,9})([-+=]|(?<=\d)[.)])/, '$1\\$2')
}

function cell(text: string): string {
  return plain(text)
}

/** Ids and names of services; a backtick would end the code. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``
}
