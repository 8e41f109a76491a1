/** How a fault is injected: where, how strong, for how long, and from when on. */

import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../client/api.ts'
import styles from './fault-panel.module.css'
import { type FaultRow, placeText, strengthText } from './fault-rows.ts'
import { LabSlider } from './lab-slider.tsx'
import { useLabCommand } from './use-lab-command.ts'

/** What was chosen on a card and holds from the next switching on. */
export interface FaultDraft {
  readonly where?: string
  readonly strength?: number
  readonly durationSeconds?: number | undefined
}

const durations = [
  { label: 'until I end it', seconds: undefined },
  { label: 'for 30 s', seconds: 30 },
  { label: 'for 1 min', seconds: 60 },
  { label: 'for 5 min', seconds: 300 },
  { label: 'for 15 min', seconds: 900 },
] as const

const delays = [
  { label: 'in 10 s', seconds: 10 },
  { label: 'in 30 s', seconds: 30 },
  { label: 'in 1 min', seconds: 60 },
  { label: 'in 2 min', seconds: 120 },
  { label: 'in 5 min', seconds: 300 },
  { label: 'in 15 min', seconds: 900 },
] as const

export interface FaultSettingsProps {
  readonly row: FaultRow
  readonly where: string
  readonly strength: number | null
  readonly durationSeconds: number | undefined
  readonly isOn: boolean
  readonly onWhere: (where: string) => void
  readonly onStrength: (strength: number) => void
  readonly onDuration: (seconds: number | undefined) => void
}

export function FaultSettings(props: FaultSettingsProps) {
  const { row, where, strength, durationSeconds, isOn, onWhere, onStrength, onDuration } = props
  const { fault, places } = row
  const plan = fault.strength
  return (
    <div className={styles.settings}>
      <div className={styles.choices}>
        <NativeSelect
          size="xs"
          aria-label={`Where: ${fault.title}`}
          value={where}
          data={places.map((place) => ({ value: place, label: placeText(place) }))}
          disabled={places.length < 2}
          onChange={(event) => onWhere(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={`How long: ${fault.title}`}
          value={String(durationSeconds ?? '')}
          data={durations.map(({ label, seconds }) => ({ value: String(seconds ?? ''), label }))}
          onChange={({ currentTarget: { value } }) => onDuration(value === '' ? undefined : Number(value))}
        />
      </div>
      {plan === null || strength === null ? null : (
        <>
          <div className={styles.strength}>
            <LabSlider
              scale={plan}
              value={strength}
              label={`${fault.title}: ${plan.label}`}
              text={(value) => strengthText(plan, value)}
              isFault={isOn}
              onSettle={onStrength}
            />
          </div>
          <div className={styles.under}>
            <span className="faint">{plan.label}</span>
            {plan.choices.length === 0 ? null : (
              <SegmentedControl
                aria-label={`Usual strengths of ${fault.title}`}
                size="xs"
                value={String(strength)}
                data={plan.choices.map((choice) => ({ value: String(choice), label: strengthText(plan, choice) }))}
                onChange={(value) => onStrength(Number(value))}
              />
            )}
          </div>
        </>
      )}
      {isOn ? null : (
        <Later
          title={fault.title}
          input={{
            fault: fault.name,
            where,
            ...(strength === null ? {} : { strength }),
            ...(durationSeconds === undefined ? {} : { durationSeconds }),
          }}
        />
      )}
    </div>
  )
}

interface LaterProps {
  readonly title: string
  readonly input: {
    readonly fault: string
    readonly where: string
    readonly strength?: number
    readonly durationSeconds?: number
  }
}

/** Plans a fault: it comes while nobody looks at this screen. */
function Later({ title, input }: LaterProps) {
  const [atSeconds, setAtSeconds] = useState<number>(delays[0].seconds)
  const schedule = useLabCommand(api.loadlab.schedule)
  return (
    <div className={styles.later}>
      <NativeSelect
        size="xs"
        aria-label={`When: ${title}`}
        value={String(atSeconds)}
        data={delays.map(({ label, seconds }) => ({ value: String(seconds), label }))}
        onChange={(event) => setAtSeconds(Number(event.currentTarget.value))}
      />
      <Button
        aria-label={`Schedule ${title}`}
        loading={schedule.isPending}
        onClick={() => schedule.mutate({ script: [{ ...input, atSeconds }] })}
      >
        Schedule
      </Button>
    </div>
  )
}
