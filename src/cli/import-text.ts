/** An import in words: how far it is, and what became of it. */

import { type ImportProgress, type ImportReport, type RecordCounts, refusalReasons } from '#shared/contract/imports.ts'
import { toUnixMillis } from '#shared/model/time.ts'
import { printable } from './printable.ts'

/** What to type about what was refused. */
const advice: Readonly<Record<string, string>> = {
  [refusalReasons.unknownText]: 'If its lines are log lines, import it with --as text.',
  [refusalReasons.damagedSession]:
    'Save what can be read of the session with spanlight recover FILE -o NEW.db, and import NEW.db.',
}

const numbers = new Intl.NumberFormat('en')

/** One line, such as `trace.json  42 %  12.3 MB/s  51,000 records/s  18 s left`. */
export function progressText(progress: ImportProgress): string {
  const { name, readBytes, sizeBytes, bytesPerSecond, recordsPerSecond, secondsLeft } = progress
  const part = sizeBytes ? `${Math.floor((readBytes / sizeBytes) * 100)} %` : megabytes(readBytes)
  const parts = [
    printable(name),
    part,
    `${megabytes(bytesPerSecond)}/s`,
    `${numbers.format(recordsPerSecond)} records/s`,
  ]
  if (secondsLeft !== null) parts.push(`${timeText(secondsLeft)} left`)
  return parts.join('  ')
}

/** A few lines; places of refusals as in `line N: reason`. */
export function reportText(report: ImportReport): string {
  const { name, format, readBytes, read, stored, repeated, refused, refusals, reasons, range, state, problem } = report
  const lines = [`${printable(name)}: ${format || (readBytes === 0 ? 'not read' : 'not recognised')}`]
  const counted = [
    ['read', read],
    ['stored', stored],
    ['repeated', repeated],
  ] as const
  for (const [label, counts] of counted) {
    if (total(counts) > 0 || label === 'read') lines.push(`  ${label.padEnd(9)}${countsText(counts)}`)
  }
  if (range) lines.push(`  ${'from'.padEnd(9)}${isoOf(range.start)} to ${isoOf(range.end)}`)
  if (refused > 0) {
    lines.push(`  ${'refused'.padEnd(9)}${numbers.format(refused)}`)
    for (const { file, line, reason, count } of refusals) {
      const place = [file, line === null ? undefined : `line ${line}`].filter((part) => part != null).join(', ')
      const times = count === 1 ? '' : ` (${numbers.format(count)} times)`
      lines.push(`    ${printable(`${place === '' ? '' : `${place}: `}${reason}`)}${times}`)
    }
    const told = refusals.reduce((sum, { count }) => sum + count, 0)
    if (told < refused) {
      lines.push(`    and ${numbers.format(refused - told)} more; all by reason:`)
      for (const { reason, count } of reasons) lines.push(`    ${numbers.format(count)} × ${printable(reason)}`)
    }
  }
  for (const { reason } of reasons) if (advice[reason] !== undefined) lines.push(`  ${advice[reason]}`)
  if (problem !== null) lines.push(`  ${state}: ${printable(problem)}`)
  return lines.join('\n')
}

function total({ spans, logs, points }: RecordCounts): number {
  return spans + logs + points
}

function countsText({ spans, logs, points }: RecordCounts): string {
  const parts = [
    [spans, 'span'],
    [logs, 'log record'],
    [points, 'metric point'],
  ] as const
  const some = parts.filter(([count]) => count > 0)
  return (
    some.map(([count, noun]) => `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`).join(', ') || 'nothing'
  )
}

function isoOf(unixNano: string): string {
  return new Date(toUnixMillis(BigInt(unixNano))).toISOString()
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
