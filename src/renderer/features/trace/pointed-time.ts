/** The instant the reader points at, in the waterfall or by a log; followed without React, on every pointer move. */

import { createStore, type Store } from '../../client/store.ts'

/** ns since the trace's start, or `undefined` while nothing is pointed at. */
export type PointedTime = Store<number | undefined>

export function createPointedTime(): PointedTime {
  return createStore<number | undefined>(undefined)
}
