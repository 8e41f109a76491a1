/** One fault: its switch, what it does and what to see then, how strong and where, and the screens that show it. */

import { Button, Switch, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { ActiveFault, LabRun } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { formatAge } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './fault-panel.module.css'
import { type FaultRow, faultSearch, placeText, strengthText } from './fault-rows.ts'
import { type FaultDraft, FaultSettings } from './fault-settings.tsx'
import { noLabParams } from './loadlab-url.ts'
import { useLabCommand } from './use-lab-command.ts'

export interface FaultCardProps {
  readonly row: FaultRow
  readonly run: LabRun
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
}

export function FaultCard({ row, run, isOpen, onOpen }: FaultCardProps) {
  const { fault, active } = row
  const id = useId()
  const [draft, setDraft] = useState<FaultDraft>({})
  const set = useLabCommand(api.loadlab.setFault)
  const clear = useLabCommand(api.loadlab.clearFault)
  // What is on is looked at first; otherwise what was chosen, or the place where it shows best.
  const where = draft.where ?? active[0]?.where ?? row.defaultPlace
  const here = active.find((each) => each.where === where)
  const strength = here?.strength ?? draft.strength ?? fault.strength?.default ?? null
  const isUnfolded = isOpen || active.length > 0

  function put(change: FaultDraft & { readonly isOn?: boolean }): void {
    const next = { ...draft, ...change }
    setDraft(next)
    if (change.isOn !== true && here === undefined) return
    const value = change.strength ?? strength
    set.mutate({
      fault: fault.name,
      where: next.where ?? where,
      ...(value === null ? {} : { strength: value }),
      ...(next.durationSeconds === undefined ? {} : { durationSeconds: next.durationSeconds }),
    })
  }

  return (
    <article className={active.length > 0 ? styles.cardOn : styles.card} aria-labelledby={`${id}t`}>
      <div className={styles.head}>
        <UnstyledButton
          className={styles.fold ?? ''}
          aria-expanded={isUnfolded}
          aria-controls={`${id}b`}
          disabled={active.length > 0}
          onClick={() => onOpen(!isOpen)}
        >
          <IconChevronRight size={12} className={isUnfolded ? styles.unfolded : styles.folded} aria-hidden="true" />
          <span id={`${id}t`} className={styles.title}>
            {fault.title}
          </span>
        </UnstyledButton>
        <Switch
          aria-label={fault.title}
          color="var(--error)"
          checked={here !== undefined}
          disabled={set.isPending || clear.isPending}
          onChange={(event) =>
            event.currentTarget.checked ? put({ isOn: true }) : clear.mutate({ fault: fault.name, where })
          }
        />
      </div>
      <p className={styles.sentence}>{fault.sentence}</p>
      <div id={`${id}b`} className={styles.body} hidden={!isUnfolded}>
        <p className={styles.see}>
          <b>Watch:</b> {fault.see}
        </p>
        <FaultSettings
          row={row}
          where={where}
          strength={strength}
          durationSeconds={draft.durationSeconds}
          isOn={here !== undefined}
          onWhere={(place) => setDraft({ ...draft, where: place })}
          onStrength={(value) => put({ strength: value })}
          onDuration={(durationSeconds) => put({ durationSeconds })}
        />
        {active.map((each) => (
          <ActiveLine key={each.id} row={row} each={each} run={run} onEnd={() => clear.mutate(each)} />
        ))}
      </div>
    </article>
  )
}

interface ActiveLineProps {
  readonly row: FaultRow
  readonly each: ActiveFault
  readonly run: LabRun
  readonly onEnd: () => void
}

function ActiveLine({ row, each, run, onEnd }: ActiveLineProps) {
  const now = useNow()
  const search = { ...noLabParams, ...faultSearch(each, run) }
  const since = formatAge(each.sinceUnixNano, now)
  const until = each.untilUnixNano === null ? '' : `, ends ${formatAge(each.untilUnixNano, now)}`
  return (
    <div className={styles.active}>
      <p className={styles.since}>
        <b>{placeText(each.where)}</b> {strengthText(row.fault.strength, each.strength)}
        <span className={styles.when}>
          {since}
          {until}
        </span>
        {row.active.length > 1 ? (
          <UnstyledButton className={styles.end ?? ''} aria-label={`End at ${placeText(each.where)}`} onClick={onEnd}>
            <IconX size={12} />
          </UnstyledButton>
        ) : null}
      </p>
      <div className={styles.links}>
        <Button renderRoot={(root) => <Link {...root} to="/overview" search={search} />}>Open in Overview</Button>
        <Button
          renderRoot={(root) => (
            <Link {...root} to="/traces" search={{ ...search, of: 'requests', order: 'slowest' }} />
          )}
        >
          Slow traces
        </Button>
      </div>
    </div>
  )
}
