/** Time to pixels: the part of a trace that is shown, and where bars and marks lie in it, in percent. */

/** Nanoseconds since the trace's start; `end` is always above `start`. */
export interface TimeWindow {
  readonly start: number
  readonly end: number
}

/** Closer than this no bar or tick says anything more. */
const minWindowNs = 10

/** The whole trace; a trace without duration still gets a width to draw in. */
export function fullWindow(durationNs: number): TimeWindow {
  return { start: 0, end: Math.max(durationNs, minWindowNs) }
}

export function windowLength({ start, end }: TimeWindow): number {
  return end - start
}

export function sameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.start === b.start && a.end === b.end
}

/** The nearest window inside `full`: the length is kept where it fits, ends given the wrong way round are swapped. */
export function clampWindow(wanted: TimeWindow, full: TimeWindow): TimeWindow {
  const low = Math.min(wanted.start, wanted.end)
  const length = Math.min(windowLength(full), Math.max(minWindowNs, Math.abs(wanted.end - wanted.start)))
  const start = Math.min(full.end - length, Math.max(full.start, low))
  return { start, end: Math.min(full.end, start + length) }
}

/** Zooms by `factor` (below 1 is closer) around an instant that keeps its place. */
export function zoomAround(view: TimeWindow, factor: number, anchorNs: number, full: TimeWindow): TimeWindow {
  const length = Math.min(windowLength(full), Math.max(minWindowNs, windowLength(view) * factor))
  const share = (anchorNs - view.start) / windowLength(view)
  const start = anchorNs - share * length
  return clampWindow({ start, end: start + length }, full)
}

/** Moves the window and stops at the ends. */
export function pan(view: TimeWindow, byNs: number, full: TimeWindow): TimeWindow {
  const length = windowLength(view)
  const start = Math.min(full.end - length, Math.max(full.start, view.start + byNs))
  return { start, end: start + length }
}

/** The window with one edge moved; it never turns inside out nor leaves the trace. */
export function moveEdge(view: TimeWindow, edge: 'start' | 'end', toNs: number, full: TimeWindow): TimeWindow {
  if (edge === 'start') {
    const latest = Math.max(full.start, view.end - minWindowNs)
    return { start: Math.min(latest, Math.max(full.start, toNs)), end: view.end }
  }
  const earliest = Math.min(full.end, view.start + minWindowNs)
  return { start: view.start, end: Math.max(earliest, Math.min(full.end, toNs)) }
}

export function percentAt(view: TimeWindow, offsetNs: number): number {
  return ((offsetNs - view.start) / windowLength(view)) * 100
}

export function offsetAt(view: TimeWindow, share: number): number {
  return view.start + share * windowLength(view)
}

export interface Bar {
  /** Percent of the lane, within 0 to 100. */
  readonly left: number
  readonly width: number
  /** The bar goes on beyond this side of the lane. */
  readonly cutLeft: boolean
  readonly cutRight: boolean
}

/**
 * Where a span's bar lies, or on which side of the window it is.
 * A negative duration is drawn over the time between its end and its start.
 */
export function barAt(view: TimeWindow, startNs: number, durationNs: number): Bar | 'before' | 'after' {
  const from = Math.min(startNs, startNs + durationNs)
  const to = Math.max(startNs, startNs + durationNs)
  if (to < view.start) return 'before'
  if (from > view.end) return 'after'
  const left = Math.max(0, percentAt(view, from))
  const right = Math.min(100, percentAt(view, to))
  return { left, width: Math.max(0, right - left), cutLeft: from < view.start, cutRight: to > view.end }
}

export interface Mark {
  readonly offsetNs: number
  /** The higher, the more it matters where several marks meet. */
  readonly weight: number
}

export interface PlacedMark<M extends Mark> {
  readonly left: number
  readonly mark: M
  /** How many marks share this place. */
  readonly count: number
}

/** Marks inside the window, at most one per hundredth of half the lane's width: the weightiest, with how many it stands for. */
export function placeMarks<M extends Mark>(
  view: TimeWindow,
  marks: readonly M[],
  slots = 200,
): readonly PlacedMark<M>[] {
  const placed = new Map<number, PlacedMark<M>>()
  for (const mark of marks) {
    const left = percentAt(view, mark.offsetNs)
    if (left < 0 || left > 100) continue
    const slot = Math.floor((left / 100) * slots)
    const there = placed.get(slot)
    if (!there) placed.set(slot, { left, mark, count: 1 })
    else if (mark.weight > there.mark.weight) placed.set(slot, { left, mark, count: there.count + 1 })
    else placed.set(slot, { ...there, count: there.count + 1 })
  }
  return [...placed.values()]
}

/** What a name needs beside its indentation: fold mark, depth, colour and a dozen letters. */
const nameRoomPx = 220

/** Indentation of a tree cell: steps get smaller with depth and stop, so that deep trees keep room for their names. */
export function indentPx(depth: number, widthPx: number): { readonly px: number; readonly capped: boolean } {
  const limit = Math.max(28, Math.min(widthPx * 0.38, widthPx - nameRoomPx))
  const wide = Math.min(depth, 8) * 14
  const narrow = Math.max(0, depth - 8) * 4
  const px = wide + narrow
  return px > limit ? { px: limit, capped: true } : { px, capped: false }
}
