/** One service, database, cache or queue: its figures, and the way to its traces. */

import { IconAlertTriangle, IconBolt, IconDatabase, IconStack2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { use } from 'react'
import { ServiceMark } from '../../ui/service-label.tsx'
import { tracesOf } from './node-traces.ts'
import styles from './topology.module.css'
import { TopologyContext } from './topology-context.ts'
import type { NodeKind } from './topology-rows.ts'

const icons: Readonly<Partial<Record<NodeKind, typeof IconBolt>>> = {
  database: IconDatabase,
  cache: IconBolt,
  queue: IconStack2,
}

export function TopologyNode({ id }: NodeProps) {
  const { nodes, setPointed, isLarge } = use(TopologyContext)
  const row = nodes.get(id)
  if (row === undefined) return null
  const Icon = icons[row.kind]
  return (
    <>
      <Handle type="target" position={Position.Left} className={styles.handle ?? ''} isConnectable={false} />
      <Link
        to="/traces"
        search={tracesOf(row)}
        className={row.isFailing || row.trouble !== null ? styles.failingNode : styles.node}
        data-large={isLarge || undefined}
        aria-label={`Traces of ${row.description}`}
        title={row.description}
        onFocus={() => setPointed(id)}
        onBlur={() => setPointed(undefined)}
      >
        <span className={styles.name}>
          {Icon === undefined ? <ServiceMark name={row.name} /> : <Icon size={11} className={styles.kind} />}
          <span className={styles.nameText}>{row.name}</span>
        </span>
        {row.trouble === null ? null : (
          <span className={styles.trouble}>
            <IconAlertTriangle size={10} aria-hidden="true" />
            {row.trouble}
          </span>
        )}
        <span className={row.isFull ? styles.full : undefined}>{row.left}</span>
        <span className={row.isFailing ? styles.failed : undefined}>{row.right}</span>
      </Link>
      <Handle type="source" position={Position.Right} className={styles.handle ?? ''} isConnectable={false} />
    </>
  )
}
