/** A sheet of five exercises, the same for everybody with the same seed: to do here, or to print on one page. */

import { Button, NumberInput, Switch } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type LabCatalog, labSeedLimits } from '#shared/contract/loadlab-catalog.ts'
import { api, orpc } from '../../client/api.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import styles from './exercise-sheet.module.css'
import { LabProblem } from './lab-problem.tsx'
import { type LoadlabUrl, noLabParams } from './loadlab-url.ts'
import { useLabCommand } from './use-lab-command.ts'

export interface ExerciseSheetProps {
  readonly catalog: LabCatalog
  readonly seed: number
  readonly hasAnswers: boolean
  readonly setUrl: SetUrlState<LoadlabUrl>
}

export function ExerciseSheetView({ catalog, seed, hasAnswers, setUrl }: ExerciseSheetProps) {
  const sheet = useQuery({
    ...orpc.loadlab.sheet.queryOptions({ input: { seed, answers: hasAnswers } }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const start = useLabCommand(api.loadlab.startMystery)
  return (
    <div className={styles.screen}>
      <div className={styles.bar}>
        <LabProblem />
        <div className={styles.controls}>
          <Link to="/load-lab" search={noLabParams} className={styles.back}>
            ← Load lab
          </Link>
          <NumberInput
            aria-label="Seed"
            prefix="seed "
            w={120}
            min={labSeedLimits.min}
            max={labSeedLimits.max}
            allowDecimal={false}
            value={seed}
            onChange={(value) => {
              if (typeof value === 'number' && value >= labSeedLimits.min && value <= labSeedLimits.max)
                setUrl({ sheet: value }, { replace: true })
            }}
          />
          <Switch
            label="With answers"
            checked={hasAnswers}
            onChange={(event) => setUrl({ answers: event.currentTarget.checked }, { replace: true })}
          />
          <div className={styles.actions}>
            <CopyButton text={() => linkTo(seed)} label="Copy the link to this sheet" caption="Copy link" />
            <Button leftSection={<IconPrinter size={14} aria-hidden="true" />} onClick={() => window.print()}>
              Print
            </Button>
          </div>
        </div>
      </div>
      <article className={styles.page} aria-label={`Exercise sheet ${seed}`}>
        <header>
          <h1 className={styles.title}>Find the fault</h1>
          <p className={styles.lead}>
            Seed <b>{seed}</b>. In Spanlight open Load lab → Mystery fault, enter this seed and the number of the
            exercise. Look at the Overview, go from a chart to a trace, from the trace to the span and its log. Then
            write down which service it is and what is wrong with it.
          </p>
        </header>
        <Loaded query={sheet} rows={8} label="Loading the exercises">
          {({ exercises }) => (
            <ol className={styles.exercises}>
              {exercises.map(({ number, scenario, story, rate, answer }) => (
                <li key={number} aria-label={`Exercise ${number}`}>
                  <div className={styles.exerciseHead}>
                    <h2>Exercise {number}</h2>
                    <span className="muted">
                      {catalog.scenarios.find(({ name }) => name === scenario)?.title ?? scenario}, {rate} requests/s
                    </span>
                    <Button
                      className={styles.start ?? ''}
                      loading={start.isPending && start.variables.number === number}
                      onClick={() => start.mutate({ seed, number }, { onSuccess: () => setUrl(noLabParams) })}
                    >
                      Start exercise {number}
                    </Button>
                  </div>
                  <p>{story}</p>
                  {answer === null ? (
                    <div className={styles.blanks} aria-hidden="true">
                      <span>Service</span>
                      <span>Fault</span>
                      <span>How I know (chart, trace, span, log)</span>
                    </div>
                  ) : (
                    <p className={styles.answer}>
                      <b>
                        {answer.title}: {answer.service}.
                      </b>{' '}
                      {answer.see}
                    </p>
                  )}
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      </article>
    </div>
  )
}

/** Without the answers: what a teacher hands out. The page's token is no part of it. */
function linkTo(seed: number): string {
  return new URL(`/load-lab?sheet=${seed}`, window.location.href).href
}
