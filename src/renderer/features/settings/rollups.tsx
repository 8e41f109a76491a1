/** What rollups take, and computing them anew from the stored spans. */

import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Storage } from '#shared/contract/settings.ts'
import { orpc } from '../../client/api.ts'
import { errorText } from '../../ui/error-text.ts'
import styles from './settings-view.module.css'
import { foldingText, rollupsText } from './storage-rows.ts'
import { useStorage } from './use-storage.ts'

export function Rollups({ storage }: { readonly storage: Storage }) {
  const { refetch } = useStorage()
  const rebuild = useMutation(orpc.settings.rebuildRollups.mutationOptions({ onSuccess: () => void refetch() }))
  const folding = foldingText(storage)
  return (
    <div className={styles.foot}>
      <span>
        <strong>Rollups</strong>: {rollupsText(storage)}
      </span>
      <Button
        loading={rebuild.isPending}
        disabled={folding !== undefined}
        title="Computes what the Overview is drawn from anew, from the stored spans; of spans that are gone it stays as it is"
        onClick={() => rebuild.mutate({})}
      >
        Rebuild rollups
      </Button>
      <span role="status" className="muted">
        {folding ?? (rebuild.isSuccess ? 'Computed anew.' : '')}
      </span>
      {rebuild.error === null ? null : (
        <span role="alert" className={styles.failed}>
          {errorText(rebuild.error).title}. {rebuild.error.message}
        </span>
      )}
    </div>
  )
}
