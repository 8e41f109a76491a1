/** What to run: a scenario, its load and the seed. Starts it. */

import { Button, FileButton, NumberInput, Radio, Select } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import {
  type LabCatalog,
  type LabProfile,
  labProfiles,
  labRateLimits,
  labSeedLimits,
} from '#shared/contract/loadlab-catalog.ts'
import { api } from '../../client/api.ts'
import { formatRate } from '../../ui/format.ts'
import { labErrorText } from './lab-error.ts'
import { LabSlider } from './lab-slider.tsx'
import { readScenarioFile, useScenarioFile } from './scenario-file.ts'
import styles from './start-form.module.css'
import { useLabCommand } from './use-lab-command.ts'

export interface StartChoice {
  /** A name of the catalog, or `fromFile`. */
  readonly scenario: string
  readonly rate: number
  readonly profile: LabProfile
  readonly seed: number
}

export const fromFile = 'from a file'
export const rateScale = { min: labRateLimits.min, max: labRateLimits.max, step: 0.1 } as const

export const profileWords: Readonly<Record<LabProfile, string>> = {
  steady: 'steady',
  ramp: 'ramp: up to the rate in 2 min',
  spike: 'spike: ×4 for 10 s a minute',
  wave: 'wave: up and down in 2 min',
}

export interface StartFormProps {
  readonly catalog: LabCatalog
  readonly initial: StartChoice
  readonly submitLabel: string
  readonly onStarted?: () => void
}

export function StartForm({ catalog, initial, submitLabel, onStarted }: StartFormProps) {
  const id = useId()
  const [choice, setChoice] = useState(initial)
  const [unreadable, setUnreadable] = useState<string>()
  const file = useScenarioFile()
  const start = useLabCommand(
    ({ scenario, ...load }: StartChoice) =>
      api.loadlab.start(
        scenario === fromFile && file !== undefined ? { ...load, definition: file.text } : { ...load, scenario },
      ),
    { isTold: false },
  )
  const problem = unreadable ?? (start.error === null ? undefined : labErrorText(start.error))

  function change(patch: Partial<StartChoice>): void {
    setChoice({ ...choice, ...patch })
    setUnreadable(undefined)
    start.reset()
  }

  async function choose(chosen: File | null): Promise<void> {
    if (chosen === null) return
    try {
      await readScenarioFile(chosen)
      change({ scenario: fromFile })
    } catch (error) {
      setUnreadable(labErrorText(error))
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (start.isPending) return
    // What is being typed may be out of range until the field is left.
    const rate = inRange(choice.rate, labRateLimits)
    const seed = inRange(choice.seed, labSeedLimits)
    start.mutate({ ...choice, rate, seed }, onStarted === undefined ? {} : { onSuccess: onStarted })
  }

  return (
    <form className={styles.form} onSubmit={submit} aria-label="Start a scenario">
      <Radio.Group label="Scenario" value={choice.scenario} onChange={(scenario) => change({ scenario })}>
        <div className={styles.scenarios}>
          {catalog.scenarios.map(({ name, title, description }) => (
            <Radio key={name} value={name} label={title} description={description} className={styles.scenario ?? ''} />
          ))}
          {file === undefined ? null : (
            <Radio
              value={fromFile}
              label={file.name}
              description="A scenario of your own, as the file was when it was chosen."
              className={styles.scenario ?? ''}
            />
          )}
        </div>
      </Radio.Group>
      <FileButton accept="application/json,.json" onChange={(chosen) => void choose(chosen)}>
        {(props) => (
          <Button
            {...props}
            variant="subtle"
            className={styles.file ?? ''}
            leftSection={<IconFileUpload size={14} aria-hidden="true" />}
          >
            From a file…
          </Button>
        )}
      </FileButton>
      <div className={styles.load}>
        <div className={styles.rate}>
          <label htmlFor={`${id}rate`} className={styles.label}>
            Requests per second
          </label>
          <div className={styles.rateRow}>
            <NumberInput
              id={`${id}rate`}
              className={styles.number ?? ''}
              min={labRateLimits.min}
              max={labRateLimits.max}
              step={1}
              decimalScale={1}
              clampBehavior="blur"
              value={choice.rate}
              onChange={(rate) => {
                if (typeof rate === 'number') change({ rate })
              }}
            />
            <LabSlider
              scale={rateScale}
              value={choice.rate}
              label="Rate"
              hasValue={false}
              text={formatRate}
              onSettle={(rate) => change({ rate })}
            />
          </div>
        </div>
        <Select
          label="Profile"
          className={styles.profile ?? ''}
          allowDeselect={false}
          data={labProfiles.map((value) => ({ value, label: profileWords[value] }))}
          value={choice.profile}
          onChange={(value) => {
            const profile = labProfiles.find((each) => each === value)
            if (profile !== undefined) change({ profile })
          }}
        />
        <NumberInput
          label="Seed"
          className={styles.number ?? ''}
          min={labSeedLimits.min}
          max={labSeedLimits.max}
          allowDecimal={false}
          clampBehavior="blur"
          value={choice.seed}
          onChange={(seed) => {
            if (typeof seed === 'number') change({ seed })
          }}
        />
      </div>
      {problem === undefined ? null : (
        <p role="alert" className={styles.failed}>
          {problem}
        </p>
      )}
      <div>
        <Button type="submit" variant="filled" loading={start.isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

function inRange(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return Math.min(max, Math.max(min, value))
}
