/** How a statement went, in a few words. */

import { formatDuration, formatQuantity } from '../../ui/format.ts'
import type { Statement } from './use-statement.ts'

export interface ResultSummary {
  readonly text: string
  /** Why rows are missing and what to do; undefined where none are. */
  readonly missing: string | undefined
}

export function resultSummary({ phase, rows, tookMs, truncated, columns }: Statement): ResultSummary {
  const count = formatQuantity(rows.length, 'row')
  if (phase === 'running') {
    const text =
      columns.length === 0 ? 'Running' : rows.length === 0 ? 'Running, no row yet' : `Running, ${count} so far`
    return { text, missing: undefined }
  }
  if (phase === 'stopped') return { text: `Stopped after ${count}`, missing: undefined }
  if (phase === 'failed') return { text: rows.length === 0 ? 'Failed' : `Failed after ${count}`, missing: undefined }
  return {
    text: `${count} in ${formatDuration(Math.round((tookMs ?? 0) * 1e6))}`,
    missing:
      truncated === null
        ? undefined
        : `There are more: reading stopped at ${truncated === 'rows' ? count : 'the 32 MiB a result may have'}. ` +
          'Narrow the statement, or run it with spanlight sql --limit 0.',
  }
}
