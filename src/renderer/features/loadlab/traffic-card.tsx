/** How much is sent, in which shape and mix, and what became of it. */

import { Button, Select } from '@mantine/core'
import { labProfiles } from '#shared/contract/loadlab-catalog.ts'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { formatRate } from '../../ui/format.ts'
import { JourneyMix } from './journey-mix.tsx'
import card from './lab-card.module.css'
import { LabSlider } from './lab-slider.tsx'
import { RateField } from './rate-field.tsx'
import { RunFacts } from './run-facts.tsx'
import { profileWords, rateScale } from './start-form.tsx'
import styles from './traffic-card.module.css'
import { useLabCommand } from './use-lab-command.ts'

export interface TrafficCardProps {
  readonly run: LabRun
  readonly isLive: boolean
  readonly onOwn: () => void
}

export function TrafficCard({ run, isLive, onOwn }: TrafficCardProps) {
  const change = useLabCommand(api.loadlab.setTraffic)
  return (
    <section className={`${card.card} ${styles.traffic}`} aria-label="Traffic">
      <div className={styles.controls}>
        <div className={styles.rate}>
          <span className={styles.label}>Traffic, requests/s</span>
          <div className={styles.rateRow}>
            <RateField key={run.rate} rate={run.rate} isDisabled={!isLive} onRate={(rate) => change.mutate({ rate })} />
            <LabSlider
              scale={rateScale}
              value={run.rate}
              label="Rate"
              hasValue={false}
              text={formatRate}
              isDisabled={!isLive}
              onSettle={(rate) => change.mutate({ rate })}
            />
          </div>
        </div>
        <Select
          label="Profile"
          className={styles.profile ?? ''}
          classNames={{ label: styles.label ?? '' }}
          allowDeselect={false}
          disabled={!isLive}
          comboboxProps={{ width: 230, position: 'top-start' }}
          data={labProfiles.map((value) => ({ value, label: profileWords[value] }))}
          value={run.profile}
          onChange={(value) => {
            const profile = labProfiles.find((each) => each === value)
            if (profile !== undefined) change.mutate({ profile })
          }}
        />
        {run.journeys.length === 0 ? null : <JourneyMix journeys={run.journeys} isDisabled={!isLive} />}
        {run.target === null ? (
          <Button className={styles.own ?? ''} onClick={onOwn}>
            Send to my own service…
          </Button>
        ) : null}
      </div>
      <RunFacts run={run} />
    </section>
  )
}
