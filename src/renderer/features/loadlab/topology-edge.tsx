/** One call between two nodes: as wide as it is busy; a failing one in the error's colour, with a mark. */

import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { use } from 'react'
import styles from './topology.module.css'
import { TopologyContext } from './topology-context.ts'
import type { EdgeLine } from './topology-layout.ts'

export interface TopologyEdgeData extends Record<string, unknown> {
  readonly line: EdgeLine
}

export function TopologyEdge({ id, source, target, data }: EdgeProps<Edge<TopologyEdgeData>>) {
  const { edges, pointed, isLarge } = use(TopologyContext)
  const row = edges.get(id)
  if (row === undefined || data === undefined) return null
  const isPointed = pointed === id || pointed === source || pointed === target
  const { path, middle } = data.line
  // 200 requests a second are about three times as wide as one.
  const width = 1.2 + Math.log10(1 + row.rate)
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={row.isFailing ? styles.failingEdge : isPointed ? styles.pointedEdge : styles.edge}
        style={{ strokeWidth: row.rate === 0 ? 1 : width }}
      />
      {isPointed || row.isFailing ? (
        <EdgeLabelRenderer>
          <span
            className={row.isFailing ? styles.failingLabel : styles.label}
            data-large={isLarge || undefined}
            data-pointed={isPointed || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
          >
            {row.isFailing ? '✕' : ''} {isPointed ? row.label : ''}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  )
}
