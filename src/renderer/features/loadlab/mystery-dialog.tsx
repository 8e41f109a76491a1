/** Which mystery: a seed, which the class shares, and one of its five exercises. */

import { Button, Modal, NumberInput, SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { exercisesPerSheet, labSeedLimits } from '#shared/contract/loadlab-catalog.ts'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import styles from './dialogs.module.css'
import { labErrorText } from './lab-error.ts'
import { noLabParams } from './loadlab-url.ts'
import { useLabCommand } from './use-lab-command.ts'

export interface MysteryDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The one before: the next exercise of its sheet is offered. */
  readonly last?: LabStatus['mystery']
}

export function MysteryDialog({ isOpen, onClose, last = null }: MysteryDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Mystery fault"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <MysteryForm last={last} onClose={onClose} />
    </Modal>
  )
}

function MysteryForm({ last, onClose }: { readonly last: LabStatus['mystery']; readonly onClose: () => void }) {
  const [seed, setSeed] = useState(() => last?.seed ?? Math.floor(Math.random() * 1000))
  const [number, setNumber] = useState(() => (last === null ? 1 : Math.min(last.of, last.number + 1)))
  const start = useLabCommand(api.loadlab.startMystery, { isTold: false })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!start.isPending) start.mutate({ seed: clamped(seed), number }, { onSuccess: onClose })
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.text}>
        The checkout shop runs, one thing in it breaks, and nothing tells which. Look around, then name the service and
        the fault. Faults that are on now end. The same seed is the same sheet of {exercisesPerSheet} for everybody.
      </p>
      <div className={styles.row}>
        <NumberInput
          label="Seed"
          data-autofocus
          className={styles.number ?? ''}
          min={labSeedLimits.min}
          max={labSeedLimits.max}
          allowDecimal={false}
          value={seed}
          onChange={(value) => {
            if (typeof value === 'number') setSeed(value)
          }}
        />
        <div>
          <span className={styles.text}>Exercise</span>
          <div>
            <SegmentedControl
              aria-label="Exercise"
              value={String(number)}
              data={Array.from({ length: exercisesPerSheet }, (_, index) => String(index + 1))}
              onChange={(value) => setNumber(Number(value))}
            />
          </div>
        </div>
      </div>
      <p className={styles.text}>
        <Link to="/load-lab" search={{ ...noLabParams, sheet: clamped(seed) }} onClick={onClose}>
          Exercise sheet of seed {clamped(seed)}
        </Link>
      </p>
      {start.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {labErrorText(start.error)}
        </p>
      )}
      <div className={styles.foot}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={start.isPending}>
          Start exercise {number}
        </Button>
      </div>
    </form>
  )
}

function clamped(seed: number): number {
  return Math.min(labSeedLimits.max, Math.max(labSeedLimits.min, Math.floor(seed)))
}
