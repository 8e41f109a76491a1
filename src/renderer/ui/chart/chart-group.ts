/** What charts of one group share: the instant pointed at, and the one selection there is. */

import { useMemo, useState, useSyncExternalStore } from 'react'
import type { ChartSelection } from './series.ts'

export interface GroupCursor {
  /** Chart that is pointed at. */
  readonly chart: string
  /** Start of the bucket. */
  readonly unixNano: bigint
  /** Row of a heatmap. */
  readonly row?: number | undefined
  /** Moved by keys: told to screen readers, and not taken away by a pointer that leaves. */
  readonly isByKey: boolean
}

export interface GroupSelection extends ChartSelection {
  /** Chart it was made on. */
  readonly chart: string
  /** False while a pointer or a key still changes it. */
  readonly isDone: boolean
}

interface GroupState {
  readonly cursor: GroupCursor | undefined
  readonly selection: GroupSelection | undefined
}

export interface ChartGroup {
  readonly get: () => GroupState
  readonly subscribe: (listener: () => void) => () => void
  readonly point: (cursor: GroupCursor | undefined) => void
  readonly select: (selection: GroupSelection | undefined) => void
}

function createGroup(): ChartGroup {
  let state: GroupState = { cursor: undefined, selection: undefined }
  const listeners = new Set<() => void>()
  const set = (next: GroupState) => {
    state = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    point(cursor) {
      if (!isSameCursor(cursor, state.cursor)) set({ ...state, cursor })
    },
    select(selection) {
      if (selection !== state.selection) set({ ...state, selection })
    },
  }
}

function isSameCursor(a: GroupCursor | undefined, b: GroupCursor | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.chart === b.chart && a.unixNano === b.unixNano && a.row === b.row && a.isByKey === b.isByKey
}

const groups = new Map<string, ChartGroup>()

/** The group of this name; charts without one are a group of their own. */
export function useChartGroup(name: string | undefined): ChartGroup {
  const [own] = useState(createGroup)
  return useMemo(() => {
    if (name === undefined) return own
    const group = groups.get(name) ?? createGroup()
    groups.set(name, group)
    return group
  }, [name, own])
}

export function useGroupState(group: ChartGroup): GroupState {
  return useSyncExternalStore(group.subscribe, group.get)
}

/** What is selected on any chart of a group, once it is done. */
export function useGroupSelection(name: string): ChartSelection | undefined {
  const { selection } = useGroupState(useChartGroup(name))
  return selection?.isDone === true ? selection : undefined
}
