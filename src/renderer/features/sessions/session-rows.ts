/** Rows of the table of sessions: what each holds and how big it is beside the others, in words. */

import type { Session } from '#shared/contract/sessions.ts'
import { exactInstant, formatAge, formatBytes, formatCount, formatInstant, formatQuantity } from '../../ui/format.ts'

export interface SessionRow {
  readonly path: string
  readonly name: string
  readonly isCurrent: boolean
  readonly size: string
  /** Of that of the biggest, 0 to 1. */
  readonly sizeShare: number
  readonly spans: string
  readonly logs: string
  readonly points: string
  /** From when to when its data is. */
  readonly data: string
  readonly exactData: string
  readonly opened: string
  readonly problem: string | null
  readonly canRecover: boolean
  /** On the list because it was opened, so that it can be taken off. */
  readonly wasOpened: boolean
}

export function sessionRows(sessions: readonly Session[], now: Date): readonly SessionRow[] {
  const biggest = Math.max(1, ...sessions.map(({ bytes }) => bytes))
  return sessions.map((session) => {
    const { counts, problem, fault, lastOpenedUnixNano: opened } = session
    const count = (of: 'spans' | 'logs' | 'points'): string => (counts === null ? '–' : formatCount(counts[of]))
    return {
      path: session.path,
      name: session.name,
      isCurrent: session.isCurrent,
      size: problem === null ? formatBytes(session.bytes) : '–',
      sizeShare: session.bytes / biggest,
      spans: count('spans'),
      logs: count('logs'),
      points: count('points'),
      data: rangeText(session, now),
      exactData:
        session.startUnixNano === null || session.endUnixNano === null
          ? ''
          : `${exactInstant(session.startUnixNano)}\nto ${exactInstant(session.endUnixNano)}`,
      opened: session.isCurrent ? 'now' : opened === null ? 'never here' : formatAge(opened, now),
      problem,
      canRecover: fault === 'damaged' && !session.isCurrent,
      wasOpened: opened !== null,
    }
  })
}

/** Those on the list whose files are gone. */
export function goneSessions(sessions: readonly Session[]): string[] {
  return sessions
    .filter(({ fault, isCurrent, lastOpenedUnixNano }) => fault === 'gone' && !isCurrent && lastOpenedUnixNano !== null)
    .map(({ path }) => path)
}

/** Where what can be read of a damaged file goes: beside it. */
export function recoveredName(path: string): string {
  return `${path.replace(/\.[^./\\]*$/, '')}-recovered.db`
}

/** What a recovery saved. */
export function recoveryText({
  notes,
  lost,
  ...records
}: {
  readonly spans: number
  readonly logs: number
  readonly points: number
  readonly notes: number
  readonly lost: number
}): string {
  const saved = [
    [records.spans, 'span'],
    [records.logs, 'log record'],
    [records.points, 'metric point'],
    [notes, 'note'],
  ] as const
  const some = saved.filter(([count]) => count > 0).map(([count, noun]) => formatQuantity(count, noun))
  return `${some.join(', ')}. ${lost === 0 ? 'No row is known to be lost.' : `${formatQuantity(lost, 'row')} could not be read.`}`
}

/** `12:04–12:09`, with the days where they aren't today's; `–` where there is none. */
export function rangeText(
  { startUnixNano, endUnixNano }: Pick<Session, 'startUnixNano' | 'endUnixNano'>,
  now: Date,
): string {
  if (startUnixNano === null || endUnixNano === null) return '–'
  const [from, to] = [minute(startUnixNano, now), minute(endUnixNano, now)]
  if (from === to) return from
  const day = from.slice(0, -'12:04'.length)
  return `${from} – ${day !== '' && to.startsWith(day) ? to.slice(day.length) : to}`
}

function minute(instant: string, now: Date): string {
  return formatInstant(instant, now).replace(/:\d\d\.\d+$/, '')
}
