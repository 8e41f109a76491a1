/** The running scenario as a picture or as a table, whichever is wanted. */

import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import card from './lab-card.module.css'
import styles from './topology.module.css'
import { TopologyGraph } from './topology-graph.tsx'
import { drawnTopology, type TopologyRows } from './topology-rows.ts'
import { TopologyTable } from './topology-table.tsx'
import { useProjector } from './use-projector.ts'

export interface TopologyCardProps {
  readonly run: LabRun
  readonly rows: TopologyRows
  readonly isSecret: boolean
  readonly show: 'table' | undefined
  readonly onShow: (show: 'table' | undefined) => void
}

export function TopologyCard({ run, rows, isSecret, show, onShow }: TopologyCardProps) {
  const id = useId()
  const [isLarge] = useProjector()
  return (
    <figure className={`${card.card} ${styles.topology}`} aria-label="Topology" aria-describedby={id}>
      <figcaption id={id} className="visually-hidden">
        {rows.summary}
      </figcaption>
      <SegmentedControl
        className={styles.choice ?? ''}
        aria-label="Topology as"
        value={show ?? 'diagram'}
        data={[
          { value: 'diagram', label: 'Diagram' },
          { value: 'table', label: 'Table' },
        ]}
        onChange={(value) => onShow(value === 'table' ? 'table' : undefined)}
      />
      {isSecret ? <p className={styles.secret}>Figures are hidden until the mystery is solved.</p> : null}
      {show === 'table' ? (
        <TopologyTable rows={rows} />
      ) : (
        <TopologyGraph
          // Laid out anew for another scenario only.
          key={`${run.scenario} ${run.topology.nodes.length} ${run.topology.edges.length} ${isLarge}`}
          topology={drawnTopology(run.topology)}
          rows={rows}
          isLarge={isLarge}
        />
      )}
    </figure>
  )
}
