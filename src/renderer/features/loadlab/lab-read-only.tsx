/** In place of the start page while the session is only read: what the lab makes would reach nobody. */

import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/empty-state.tsx'
import styles from './loadlab-view.module.css'

export function LabReadOnly() {
  return (
    <div className={styles.start}>
      <div className={styles.startPage}>
        <h1 className={styles.startTitle}>Load lab</h1>
        <EmptyState
          title="The load lab needs a session that receives"
          icon={<IconFlask size={28} stroke={1.5} />}
          actions={<Button renderRoot={(root) => <Link {...root} to="/sessions" />}>Go to Sessions</Button>}
        >
          This one is open read-only. Open it for writing, or a new one, and start the lab there.
        </EmptyState>
      </div>
    </div>
  )
}
