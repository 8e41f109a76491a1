/** The place of a mistake, underlined in the editor until the text is changed. */

import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

export interface Mistake {
  readonly position: number
  readonly end: number
}

export const markMistake = StateEffect.define<Mistake | undefined>()

const mark = Decoration.mark({ class: 'cm-mistake' })

export const mistakeField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((each) => each.is(markMistake))
    if (effect === undefined) return transaction.docChanged ? Decoration.none : marks
    const { length } = transaction.newDoc
    if (effect.value === undefined || length === 0) return Decoration.none
    // At the end of the text there is nothing to underline but what stands before it.
    const from = Math.min(effect.value.position, length - 1)
    const to = Math.min(Math.max(effect.value.end, from + 1), length)
    return Decoration.set(mark.range(from, to))
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Where an error says its mistake is. */
export function mistakeOf(error: unknown): Mistake | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('position' in data) || !('end' in data)) return undefined
  const { position, end } = data
  return typeof position === 'number' && typeof end === 'number' ? { position, end } : undefined
}
