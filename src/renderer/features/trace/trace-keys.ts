/** What each key does on the trace screen; the keyboard help is written from the same table. */

export type TraceAction =
  | 'next'
  | 'previous'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'fold'
  | 'unfold'
  | 'next-error'
  | 'previous-error'
  | 'find'
  | 'focus'
  | 'whole'
  | 'zoom-to-span'
  | 'details'
  | 'back'
  | 'help'

export interface KeyBinding {
  readonly action: TraceAction
  readonly keys: readonly string[]
  /** For the help; several bindings with the same text share a line. */
  readonly text: string
}

export const keyBindings: readonly KeyBinding[] = [
  { action: 'next', keys: ['ArrowDown', 'j'], text: 'Next span' },
  { action: 'previous', keys: ['ArrowUp', 'k'], text: 'Previous span' },
  { action: 'unfold', keys: ['ArrowRight', 'l'], text: 'Unfold, or go to the first child' },
  { action: 'fold', keys: ['ArrowLeft', 'h'], text: 'Fold, or go to the parent' },
  { action: 'page-down', keys: ['PageDown'], text: 'A page down' },
  { action: 'page-up', keys: ['PageUp'], text: 'A page up' },
  { action: 'first', keys: ['Home'], text: 'First span' },
  { action: 'last', keys: ['End'], text: 'Last span' },
  { action: 'next-error', keys: [']'], text: 'Next error' },
  { action: 'previous-error', keys: ['['], text: 'Previous error' },
  { action: 'find', keys: ['/'], text: 'Find in trace' },
  { action: 'focus', keys: ['f'], text: 'Only the selected span and what lies below it' },
  { action: 'whole', keys: ['0'], text: 'Whole trace: leave focus and zoom' },
  { action: 'zoom-to-span', keys: ['z'], text: 'Zoom to the selected span' },
  { action: 'details', keys: ['Enter'], text: 'Show or hide the span details' },
  { action: 'back', keys: ['Escape'], text: 'Close find, leave focus, then back to the traces' },
  { action: 'help', keys: ['?'], text: 'This help' },
]

/** Keys that move within a list of any kind; outside the waterfall they belong to whatever has the focus. */
const ownedByFocus = new Set([
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
  'PageDown',
  'PageUp',
  'Home',
  'End',
  'Enter',
])

const actions = new Map(keyBindings.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)))

/** The action of a key press, where `elsewhere` says that a control outside the waterfall has the focus. */
export function actionOf(key: string, elsewhere: boolean): TraceAction | undefined {
  return elsewhere && ownedByFocus.has(key) ? undefined : actions.get(key)
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  Escape: 'Esc',
}

/** A key as it is written on keyboards. */
export function keyName(key: string): string {
  return keyNames[key] ?? key
}
