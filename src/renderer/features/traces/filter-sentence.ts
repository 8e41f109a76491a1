/** What the list shows, in words, when its filters speak of one span of each trace: how a brush on a chart reads. */

import type { FilterSubject, OutcomeFilter } from '#shared/contract/traces.ts'
import { formatDuration, formatInstant } from '../../ui/format.ts'
import { operationText, serviceText } from '../../ui/names.ts'
import { parseDuration } from '../../ui/parse-duration.ts'
import type { TracesUrl } from './traces-url.ts'

/** The subjects as a choice names them. */
export const subjectLabels: Readonly<Record<FilterSubject, string>> = {
  trace: 'Whole trace',
  requests: 'A request',
  clients: 'A client call',
  producers: 'A message sent',
  internal: 'Internal work',
}

export const outcomeLabels: Readonly<Record<OutcomeFilter, string>> = {
  ok: 'Succeeded',
  failed: 'Failed',
  error: 'Error status',
  implicit: 'Implicit error',
}

const subjectTexts: Readonly<Record<Exclude<FilterSubject, 'trace'>, string>> = {
  requests: 'requests',
  clients: 'client calls',
  producers: 'messages sent',
  internal: 'internal spans',
}

const outcomeTexts: Readonly<Record<OutcomeFilter, string>> = {
  ok: 'succeeded',
  failed: 'failed',
  error: 'failed with an error status',
  implicit: 'failed without an error status',
}

export interface SentenceParts {
  readonly url: TracesUrl
  readonly service: string | undefined
  /** Of a fixed range; a live one moves and is named elsewhere. */
  readonly start: string | undefined
  readonly end: string | undefined
}

/** `requests of checkout, POST /orders, between 12:09:10 and 12:10:20, 1.2 s – 5.00 s, failed`; undefined of whole traces. */
export function filterSentence(
  { url, service, start, end }: SentenceParts,
  now: Date = new Date(),
): string | undefined {
  if (url.of === undefined || url.of === 'trace') return undefined
  const of = service === undefined ? '' : ` of ${serviceText(service)}`
  return [
    `${subjectTexts[url.of]}${of}`,
    url.operation === undefined ? undefined : operationText(url.operation),
    timeText(start, end, now),
    durationText(parseDuration(url.min ?? ''), parseDuration(url.max ?? '')),
    url.outcome === undefined ? undefined : outcomeTexts[url.outcome],
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

function timeText(start: string | undefined, end: string | undefined, now: Date): string | undefined {
  if (start === undefined) return end === undefined ? undefined : `before ${clock(end, now)}`
  return end === undefined ? `since ${clock(start, now)}` : `between ${clock(start, now)} and ${clock(end, now)}`
}

/** To the second where it falls on one, as brushes along buckets do. */
function clock(instant: string, now: Date): string {
  return formatInstant(instant, now).replace(/\.000$/, '')
}

function durationText(min: number | undefined, max: number | undefined): string | undefined {
  if (min === undefined) return max === undefined ? undefined : `up to ${formatDuration(max)}`
  return max === undefined ? `${formatDuration(min)} and longer` : `${formatDuration(min)} – ${formatDuration(max)}`
}
