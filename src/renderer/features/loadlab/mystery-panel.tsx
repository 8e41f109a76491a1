/** A mystery: guess the service and the fault; then the verdict, with the way to the cause. */

import { Button, Select } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import type { LabStatus, LabVerdict } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import { formatAge } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { placeText, strengthText } from './fault-rows.ts'
import { labErrorText } from './lab-error.ts'
import { noLabParams } from './loadlab-url.ts'
import styles from './mystery-panel.module.css'
import { trailLinks } from './trail-links.ts'
import { useLabCommand } from './use-lab-command.ts'

type Mystery = NonNullable<LabStatus['mystery']>

export interface MysteryPanelProps {
  readonly catalog: LabCatalog
  readonly mystery: Mystery
  readonly onNext: () => void
}

export function MysteryPanel({ catalog, mystery, onNext }: MysteryPanelProps) {
  const now = useNow()
  const end = useLabCommand(() => api.loadlab.endMystery())
  const { seed, number, of, startedUnixNano, verdict } = mystery
  return (
    <section aria-label="Mystery fault" className={styles.panel}>
      <h2 className={styles.heading}>
        Mystery fault{' '}
        <span className={styles.count}>
          seed {seed} · {number} of {of}
        </span>
      </h2>
      {verdict === null ? (
        <>
          <p className={styles.text}>
            Something broke {formatAge(startedUnixNano, now)}. Start at the{' '}
            <Link to="/overview" search={{ ...noLabParams, range: '5m', start: undefined, end: undefined }}>
              Overview
            </Link>
            , follow it to a trace and its logs, then say what it is.
          </p>
          <Guess key={startedUnixNano} catalog={catalog} mystery={mystery} />
        </>
      ) : (
        <Verdict catalog={catalog} verdict={verdict} />
      )}
      <div className={styles.foot}>
        {verdict === null ? null : (
          <Button variant="filled" onClick={onNext}>
            Next exercise…
          </Button>
        )}
        <Button loading={end.isPending} onClick={() => end.mutate()}>
          {verdict === null ? 'Give up and end' : 'End it'}
        </Button>
        <Link to="/load-lab" search={{ ...noLabParams, sheet: seed }} className={styles.sheet}>
          Exercise sheet
        </Link>
      </div>
    </section>
  )
}

function Guess({ catalog, mystery }: { readonly catalog: LabCatalog; readonly mystery: Mystery }) {
  const [service, setService] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const guess = useLabCommand(api.loadlab.guess, { isTold: false })
  const reveal = useLabCommand(() => api.loadlab.reveal())

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (service !== null && fault !== null) guess.mutate({ service, fault })
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <Select label="Where is it?" searchable data={[...mystery.services]} value={service} onChange={setService} />
      <Select
        label="What is it?"
        searchable
        data={mystery.faults.map((name) => ({
          value: name,
          label: catalog.faults.find((each) => each.name === name)?.title ?? name,
        }))}
        value={fault}
        onChange={setFault}
      />
      {guess.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {labErrorText(guess.error)}
        </p>
      )}
      <div className={styles.foot}>
        <Button type="submit" variant="filled" disabled={service === null || fault === null} loading={guess.isPending}>
          Is this it?
        </Button>
        <Button loading={reveal.isPending} onClick={() => reveal.mutate()}>
          Reveal
        </Button>
      </div>
    </form>
  )
}

function Verdict({ catalog, verdict }: { readonly catalog: LabCatalog; readonly verdict: LabVerdict }) {
  const { answer, guess, serviceRight, kindRight, right } = verdict
  const plan = catalog.faults.find(({ name }) => name === answer.fault)
  const strength = strengthText(plan?.strength ?? null, answer.strength)
  const title = (name: string) => catalog.faults.find((each) => each.name === name)?.title ?? name
  return (
    <div role="status" className={styles.verdict}>
      {guess === null ? null : (
        <>
          <p className={right ? styles.right : styles.wrong}>
            {right ? <IconCheck size={16} aria-hidden="true" /> : <IconX size={16} aria-hidden="true" />}
            {right ? 'Right' : serviceRight || kindRight ? 'Half right' : 'Not this time'}
          </p>
          {right ? null : (
            <ul className={styles.halves}>
              <li>
                {guess.service}: {serviceRight ? 'right' : 'wrong'}
              </li>
              <li>
                {title(guess.fault)}: {kindRight ? 'right' : 'wrong'}
              </li>
            </ul>
          )}
        </>
      )}
      <p className={styles.text}>
        It is{' '}
        <b>
          {answer.title}: {placeText(answer.where)}
          {strength === '' ? '' : `, ${strength}`}
        </b>
        . {plan?.see}
      </p>
      <h3 className={styles.sub}>The way to it</h3>
      <ol aria-label="Evidence" className={styles.trail}>
        {trailLinks(verdict.trail).map(({ step, sentence, to }) => (
          <li key={step}>
            <Link {...to} className={styles.step}>
              {step}
            </Link>{' '}
            <span className="muted">{sentence}</span>
          </li>
        ))}
      </ol>
      {verdict.trail.length === 1 ? (
        <p className={styles.text}>An example follows as soon as a request meets the fault.</p>
      ) : null}
    </div>
  )
}
