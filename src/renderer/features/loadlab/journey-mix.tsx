/** What users do, as weights: `browse 55 · buy 35 · return 10`, and the fields to change them. */

import { Button, NumberInput, Popover } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { labErrorText } from './lab-error.ts'
import styles from './traffic-card.module.css'
import { useLabCommand } from './use-lab-command.ts'

const maxWeight = 1000

export interface JourneyMixProps {
  readonly journeys: LabRun['journeys']
  readonly isDisabled: boolean
}

export function JourneyMix({ journeys, isDisabled }: JourneyMixProps) {
  const [draft, setDraft] = useState<Readonly<Record<string, number>>>()
  const change = useLabCommand(api.loadlab.setTraffic, { isTold: false })
  const isNothing = draft !== undefined && Object.values(draft).every((weight) => weight === 0)

  function open(isOpen: boolean): void {
    change.reset()
    setDraft(isOpen ? Object.fromEntries(journeys.map(({ name, weight }) => [name, weight])) : undefined)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (draft !== undefined && !isNothing) change.mutate({ journeys: draft }, { onSuccess: () => setDraft(undefined) })
  }

  return (
    <div className={styles.mix}>
      <span className={styles.label}>Journeys</span>
      <Popover opened={draft !== undefined} onChange={open} position="top" width={250} trapFocus returnFocus>
        <Popover.Target>
          <Button
            disabled={isDisabled}
            aria-label={`Journeys: ${mixText(journeys)}. Change the mix`}
            onClick={() => open(draft === undefined)}
          >
            {mixText(journeys)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Mix of journeys">
          <form className={styles.form} onSubmit={submit}>
            {journeys.map(({ name, title }) => (
              <NumberInput
                key={name}
                label={title}
                min={0}
                max={maxWeight}
                allowDecimal={false}
                value={draft?.[name] ?? 0}
                onChange={(weight) => {
                  if (typeof weight === 'number') setDraft({ ...draft, [name]: Math.min(maxWeight, weight) })
                }}
              />
            ))}
            {isNothing || change.error !== null ? (
              <p role="alert" className={styles.failed}>
                {isNothing ? 'At least one journey needs a weight above 0.' : labErrorText(change.error)}
              </p>
            ) : null}
            <div className={styles.formFoot}>
              <Button onClick={() => setDraft(undefined)}>Cancel</Button>
              <Button type="submit" variant="filled" disabled={isNothing} loading={change.isPending}>
                Use this mix
              </Button>
            </div>
          </form>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

function mixText(journeys: LabRun['journeys']): string {
  return journeys.map(({ name, weight }) => `${name} ${weight}`).join(' · ')
}
