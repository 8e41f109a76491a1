/** Rescues a damaged session, without an engine: for the command line, and before a start. */

import type { SalvageReport } from './salvage.ts'
import { runSessionTask, type SessionTaskOptions } from './threads/session-task-thread.ts'

/** Throws as `salvage`. */
export function recoverSession(from: string, to: string, options: SessionTaskOptions = {}): Promise<SalvageReport> {
  return runSessionTask({ name: 'salvage', from, to }, options)
}

/** What was saved, in a sentence or two. */
export function recoveryText({ spans, logs, points, notes, lost }: SalvageReport): string {
  const saved = [
    [spans, 'span'],
    [logs, 'log record'],
    [points, 'metric point'],
    [notes, 'note'],
  ] as const
  const words = saved.map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`).join(', ')
  return `Saved ${words}. ${lost === 0 ? 'No row is known to be lost.' : `${lost} rows could not be read.`}`
}
