/** Notes on spans as marks on their rows. */

import type { Note } from '#shared/contract/notes.ts'
import type { SpanIndex } from './span-index.ts'

const mostCharacters = 300

/** The notes of each row that has any, as one text, cut where a mark would say too much. */
export function notesByRow(notes: readonly Note[], index: Pick<SpanIndex, 'rowOf'>): ReadonlyMap<number, string> {
  const texts = new Map<number, string>()
  for (const { spanId, text } of notes) {
    const row = spanId === null ? undefined : index.rowOf(spanId)
    if (row === undefined) continue
    const before = texts.get(row)
    texts.set(row, before === undefined ? text : `${before}\n\n${text}`)
  }
  for (const [row, text] of texts) if (text.length > mostCharacters) texts.set(row, `${text.slice(0, mostCharacters)}…`)
  return texts
}
