/** Where a reader was in the list, so that coming back from a trace finds the same place. */

import type { ShownPage } from './use-trace-list.ts'

export interface ListPlace {
  readonly shown: ShownPage
  readonly scrollTop: number
  /** The row the keyboard was on. */
  readonly activeId: string | undefined
}

let place: ListPlace | undefined

/** The place left last, if it was in the list with this key. */
export function recallPlace(key: string): ListPlace | undefined {
  return place?.shown.key === key ? place : undefined
}

export function rememberPlace(next: ListPlace | undefined): void {
  place = next
}
