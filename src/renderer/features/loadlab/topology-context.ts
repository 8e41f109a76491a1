/** What nodes and edges show now, beside the drawing: new figures change texts and nothing else. */

import { createContext } from 'react'
import type { EdgeRow, NodeRow } from './topology-rows.ts'

export interface TopologyNow {
  readonly nodes: ReadonlyMap<string, NodeRow>
  readonly edges: ReadonlyMap<string, EdgeRow>
  /** Name of the node or id of the edge under the pointer or with the focus. */
  readonly pointed: string | undefined
  readonly setPointed: (id: string | undefined) => void
  readonly isLarge: boolean
}

export const TopologyContext = createContext<TopologyNow>({
  nodes: new Map(),
  edges: new Map(),
  pointed: undefined,
  setPointed: () => undefined,
  isLarge: false,
})
