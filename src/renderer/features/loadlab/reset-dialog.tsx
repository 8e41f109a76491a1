/** Asks before the exercise is reset: all that is stored goes. */

import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { useStatusValue } from '../../client/live.ts'
import { formatQuantity } from '../../ui/format.ts'
import styles from './dialogs.module.css'
import { labErrorText } from './lab-error.ts'
import { useLabCommand } from './use-lab-command.ts'

export interface ResetDialogProps {
  readonly run: LabRun
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function ResetDialog({ run, isOpen, onClose }: ResetDialogProps) {
  const traces = useStatusValue(({ counts }) => counts.traces) ?? 0
  const logs = useStatusValue(({ counts }) => counts.logs) ?? 0
  const queryClient = useQueryClient()
  const reset = useLabCommand(() => api.loadlab.resetExercise({ confirm: 'delete all data' }), { isTold: false })
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Reset the exercise"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.form}>
        <p className={styles.text}>
          All faults end, and <strong>everything that is stored is deleted</strong>: {formatQuantity(traces, 'trace')}{' '}
          and {formatQuantity(logs, 'log record')}, also what other services sent. Then {run.title} starts from its
          beginning with seed {run.seed}.
        </p>
        {reset.error === null ? null : (
          <p role="alert" className={styles.failed}>
            {labErrorText(reset.error)}
          </p>
        )}
        <div className={styles.foot}>
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="filled"
            color="var(--error)"
            loading={reset.isPending}
            onClick={() =>
              reset.mutate(undefined, {
                onSuccess: () => {
                  // Answers of before the reset must not come back for a moment.
                  queryClient.removeQueries({ type: 'inactive' })
                  onClose()
                },
              })
            }
          >
            Delete all data and reset
          </Button>
        </div>
      </div>
    </Modal>
  )
}
