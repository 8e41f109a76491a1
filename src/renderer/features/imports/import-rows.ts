/** Imports in words: how far one is, what became of it, and which screen shows what it brought. */

import {
  type ImportProgress,
  type ImportRefusal,
  type ImportReport,
  type RecordCounts,
  refusalReasons,
} from '#shared/contract/imports.ts'
import type { RangeBounds } from '../../client/time-range-url.ts'
import { formatBytes, formatCount, formatQuantity } from '../../ui/format.ts'

/** Rates and times left jump about in the first moments. */
const steadyBytes = 256 * 1024

export interface ProgressText {
  /** 0 to 1; undefined where the size isn't known. */
  readonly share: number | undefined
  /** `42 % · 12.3 MB/s · 51k records/s · 18 s left` */
  readonly facts: string
}

export function progressText(progress: ImportProgress | undefined): ProgressText {
  if (progress === undefined) return { share: 0, facts: 'Starting…' }
  const { readBytes, sizeBytes, bytesPerSecond, recordsPerSecond, secondsLeft } = progress
  // A size may be that of a pipe, or of a file that grows.
  const share = sizeBytes === null || sizeBytes === 0 ? undefined : Math.min(1, readBytes / sizeBytes)
  const facts = [share === undefined ? formatBytes(readBytes) : `${Math.floor(share * 100)} %`]
  if (readBytes >= steadyBytes) {
    facts.push(`${formatBytes(bytesPerSecond)}/s`, `${formatCount(Math.round(recordsPerSecond))} records/s`)
    if (secondsLeft !== null) facts.push(`${leftText(secondsLeft)} left`)
  }
  return { share, facts: facts.join(' · ') }
}

function leftText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`
}

export type Outcome = 'stored' | 'partly' | 'failed' | 'cancelled'

export function outcomeOf({ state, refused }: ImportReport): Outcome {
  if (state === 'failed' || state === 'cancelled') return state
  return refused > 0 ? 'partly' : 'stored'
}

/** One sentence. */
export function resultText(report: ImportReport): string {
  const { stored, repeated, refused, state, problem } = report
  const kept = recordsText(stored)
  const refusals = refused > 0 ? `, ${formatCount(refused)} refused` : ''
  if (state === 'failed') return `${problem ?? 'It broke off.'}${total(stored) > 0 ? ` ${kept} stored before.` : ''}`
  if (state === 'cancelled')
    return `Cancelled. ${total(stored) > 0 ? `${kept} stored until then.` : 'Nothing was stored.'}`
  if (total(stored) > 0) return `${kept} stored${total(repeated) > 0 ? ', others were there already' : ''}${refusals}.`
  if (total(repeated) > 0) return `Nothing new: ${recordsText(repeated)} were stored already${refusals}.`
  return `Nothing to store${refusals}.`
}

/** What else can be done with it. */
export function hintText({ format, state, reasons }: ImportReport): string | undefined {
  if (isRefused(reasons, refusalReasons.damagedSession)) {
    return 'What can be read of the session can be saved: open its file under Sessions, which offers it.'
  }
  if (isRefused(reasons, refusalReasons.unknownText)) {
    return `If the lines of that text are log lines, import it ${state === 'failed' ? 'as such' : 'by itself'}.`
  }
  if (state !== 'finished' || !format.startsWith('Spanlight session')) return undefined
  return 'It was merged into the open session. To see it by itself, open it under Sessions.'
}

/** Whether all there is may be lines of logs, which somebody has to say. */
export function mayBeLogLines({ state, reasons }: ImportReport): boolean {
  return state === 'failed' && isRefused(reasons, refusalReasons.unknownText)
}

function isRefused(reasons: ImportReport['reasons'], sought: string): boolean {
  return reasons.some(({ reason }) => reason === sought)
}

export function total({ spans, logs, points }: RecordCounts): number {
  return spans + logs + points
}

export function recordsText({ spans, logs, points }: RecordCounts): string {
  const parts = [
    spans > 0 ? formatQuantity(spans, 'span') : '',
    logs > 0 ? formatQuantity(logs, 'log record') : '',
    points > 0 ? formatQuantity(points, 'metric point') : '',
  ].filter((part) => part !== '')
  return parts.length < 2 ? (parts[0] ?? 'none') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** `traces.json, line 12` */
export function placeText({ file, line }: ImportRefusal): string {
  return [file ?? '', line === null ? '' : `line ${formatCount(line)}`].filter((part) => part !== '').join(', ')
}

export interface Destination {
  readonly to: '/traces' | '/logs' | '/metrics'
  readonly label: string
  readonly range: Required<RangeBounds>
}

/** Where what was read can be seen, with a little room around it; undefined when nothing was. */
export function destinationOf({ read, range }: ImportReport): Destination | undefined {
  if (range === null || total(read) === 0) return undefined
  const start = BigInt(range.start)
  const end = BigInt(range.end)
  const room = (end - start) / 20n
  const margin = room > minMargin ? room : minMargin
  const bounds = { start: String(start > margin ? start - margin : 0n), end: String(end + margin) }
  if (read.spans > 0) return { to: '/traces', label: 'Show traces', range: bounds }
  return read.logs > 0
    ? { to: '/logs', label: 'Show logs', range: bounds }
    : { to: '/metrics', label: 'Show metrics', range: bounds }
}

/** A second: what happened within a millisecond isn't drawn at the very edge. */
const minMargin = 1_000_000_000n
