/** The windows there are, and which has the focus. */

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Closable {
  close(): void
}

const open = new Set<Closable>()
let withFocus: Closable | undefined
const whenEmpty: (() => void)[] = []

export const windows = {
  add: (window: Closable): void => void open.add(window),
  remove: (window: Closable): void => {
    open.delete(window)
    if (withFocus === window) withFocus = undefined
    if (open.size === 0) for (const listener of whenEmpty) listener()
  },
  all: (): readonly Closable[] => [...open],
  focused: (): Closable | undefined => withFocus,
  /** Gives the one that had the focus before. */
  focus: (window: Closable | undefined): Closable | undefined => {
    const before = withFocus
    withFocus = window
    return before
  },
  onEmpty: (listener: () => void): void => void whenEmpty.push(listener),
}
