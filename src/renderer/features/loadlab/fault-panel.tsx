/** One card per fault, and what else is planned. */

import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import type { LabRun, LabStatus } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { formatAge } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { FaultCard } from './fault-card.tsx'
import styles from './fault-panel.module.css'
import { faultRows, placeText } from './fault-rows.ts'
import { useLabCommand } from './use-lab-command.ts'

export interface FaultPanelProps {
  readonly catalog: LabCatalog
  readonly status: LabStatus
  readonly run: LabRun
  /** Name of the fault whose card is open. */
  readonly opened: string | undefined
  readonly onOpen: (fault: string | undefined) => void
}

export function FaultPanel({ catalog, status, run, opened, onOpen }: FaultPanelProps) {
  const rows = useMemo(() => faultRows(catalog, status), [catalog, status])
  const clear = useLabCommand(api.loadlab.clearFault)
  if (run.target !== null)
    return (
      <section aria-label="Faults" className={styles.panel}>
        <h2 className={styles.heading}>Faults</h2>
        <p className={styles.none}>
          Faults are for the shops: your own service is only sent requests. Start a scenario to inject some.
        </p>
      </section>
    )
  const anything = status.faults.length + status.scheduled.length > 0
  return (
    <section aria-label="Faults" className={styles.panel}>
      <h2 className={styles.heading}>
        Faults{' '}
        <span className={styles.count}>
          {rows.on} of {rows.possible.length} on
        </span>
        {anything ? (
          <Button
            variant="subtle"
            className={styles.allOff ?? ''}
            loading={clear.isPending}
            onClick={() => clear.mutate({})}
          >
            All off
          </Button>
        ) : null}
      </h2>
      {status.scheduled.length === 0 ? null : <Scheduled status={status} catalog={catalog} />}
      {rows.possible.map((row) => (
        <FaultCard
          key={row.fault.name}
          row={row}
          run={run}
          isOpen={opened === row.fault.name}
          onOpen={(isOpen) => onOpen(isOpen ? row.fault.name : undefined)}
        />
      ))}
      {rows.impossible.length === 0 ? null : (
        <p className={styles.none}>Not possible in this scenario: {rows.impossible.join(', ')}.</p>
      )}
    </section>
  )
}

function Scheduled({ status, catalog }: { readonly status: LabStatus; readonly catalog: LabCatalog }) {
  const now = useNow()
  const clear = useLabCommand(api.loadlab.clearFault)
  return (
    <ul aria-label="Scheduled faults" className={styles.scheduled}>
      {status.scheduled.map(({ fault, where, startsUnixNano }) => {
        const title = catalog.faults.find(({ name }) => name === fault)?.title ?? fault
        return (
          <li key={`${fault} ${where} ${startsUnixNano}`}>
            <span className="ellipsis">
              {title}: {placeText(where)}
            </span>
            <span className={styles.when}>{formatAge(startsUnixNano, now)}</span>
            <ActionIcon
              size={20}
              aria-label={`Cancel ${title} at ${placeText(where)}`}
              onClick={() => clear.mutate({ fault, where })}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        )
      })}
    </ul>
  )
}
