/** The topology drawn: laid out once, fitted to its place, its figures changing in place. */

import { ActionIcon } from '@mantine/core'
import { useMergedRef, useResizeObserver } from '@mantine/hooks'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type Edge, type Node, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LabTopology } from '#shared/contract/loadlab-catalog.ts'
import styles from './topology.module.css'
import { TopologyContext } from './topology-context.ts'
import { TopologyEdge, type TopologyEdgeData } from './topology-edge.tsx'
import { sizeOf, topologyLayout } from './topology-layout.ts'
import { TopologyNode } from './topology-node.tsx'
import { edgeId, type TopologyRows } from './topology-rows.ts'

const nodeTypes = { lab: TopologyNode }
const edgeTypes = { lab: TopologyEdge }
const fit = { padding: '18px', maxZoom: 1.25 } as const
const zoomStep = { duration: 0 }

export interface TopologyGraphProps {
  /** Read once: another topology needs another key. */
  readonly topology: LabTopology
  readonly rows: TopologyRows
  readonly isLarge: boolean
}

export function TopologyGraph(props: TopologyGraphProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  )
}

function Drawing({ topology: given, rows, isLarge }: TopologyGraphProps) {
  const [topology] = useState(given)
  const { nodes, edges } = useMemo(() => elementsOf(topology, isLarge), [topology, isLarge])
  const [pointed, setPointed] = useState<string>()
  const flow = useReactFlow()
  const [measure, { width, height }] = useResizeObserver<HTMLDivElement>()
  const box = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(measure, box)
  useEffect(() => {
    if (width > 0 && height > 0) void flow.fitView(fit)
  }, [flow, width, height])
  const context = useMemo(
    () => ({
      nodes: new Map(rows.nodes.map((row) => [row.name, row])),
      edges: new Map(rows.edges.map((row) => [row.id, row])),
      pointed,
      setPointed,
      isLarge,
    }),
    [rows, pointed, isLarge],
  )
  return (
    <TopologyContext value={context}>
      <div ref={ref} className={styles.graph}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeMouseEnter={(_, { id }) => setPointed(id)}
          onNodeMouseLeave={() => setPointed(undefined)}
          onEdgeMouseEnter={(_, { id }) => setPointed(id)}
          onEdgeMouseLeave={() => setPointed(undefined)}
          fitView
          fitViewOptions={fit}
          minZoom={0.3}
          maxZoom={2.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          proOptions={{ hideAttribution: true }}
        />
        <div className={styles.zoom}>
          <ActionIcon aria-label="Zoom in" title="Zoom in" onClick={() => void flow.zoomIn(zoomStep)}>
            <IconPlus size={14} />
          </ActionIcon>
          <ActionIcon aria-label="Zoom out" title="Zoom out" onClick={() => void flow.zoomOut(zoomStep)}>
            <IconMinus size={14} />
          </ActionIcon>
          <ActionIcon aria-label="Fit" title="Fit" onClick={() => void flow.fitView(fit)}>
            <IconMaximize size={14} />
          </ActionIcon>
        </div>
      </div>
    </TopologyContext>
  )
}

function elementsOf(
  topology: LabTopology,
  isLarge: boolean,
): { readonly nodes: Node[]; readonly edges: Edge<TopologyEdgeData>[] } {
  const { nodes, edges } = topologyLayout(topology, isLarge)
  const size = sizeOf(topology, isLarge)
  return {
    nodes: topology.nodes.map(({ name }) => ({
      id: name,
      type: 'lab',
      position: nodes.get(name) ?? { x: 0, y: 0 },
      data: {},
      ...size,
    })),
    edges: topology.edges.map((edge) => ({
      id: edgeId(edge),
      type: 'lab',
      source: edge.from,
      target: edge.to,
      data: { line: edges.get(edgeId(edge)) ?? { path: '', middle: { x: 0, y: 0 } } },
    })),
  }
}
