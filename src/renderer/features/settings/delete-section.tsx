/** Deletes every trace, log and metric, after the words were typed. */

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useStatus } from '../../client/live.ts'
import { formatQuantity } from '../../ui/format.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { SettingsSection } from './settings-section.tsx'
import styles from './settings-view.module.css'

export function DeleteSection() {
  const [isOpen, setOpen] = useState(false)
  const counts = useStatus()?.counts
  const stored = [
    formatQuantity(counts?.spans ?? 0, 'span'),
    formatQuantity(counts?.logs ?? 0, 'log record'),
    formatQuantity(counts?.points ?? 0, 'metric point'),
  ].join(', ')
  return (
    <SettingsSection
      id="delete"
      isDanger
      intro="Every trace, log and metric goes, and the counts of losses with them; settings stay. This can't be undone."
    >
      <Button variant="outline" color="var(--error)" className={styles.start ?? ''} onClick={() => setOpen(true)}>
        Delete all data…
      </Button>
      <DeleteDialog isOpen={isOpen} stored={stored} onClose={() => setOpen(false)} />
    </SettingsSection>
  )
}
