/** One import in the corner of the window: how far it is and how to stop it; then what became of it and where to see it. */

import { Button, CloseButton, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconFileImport } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { cancelImport, dismissImport, repeatImport } from '../../client/imports.ts'
import type { ShownImport } from '../../client/shown-imports.ts'
import { errorText } from '../../ui/error-text.ts'
import { destinationOf, type Outcome, outcomeOf, progressText, resultText } from './import-rows.ts'
import styles from './imports.module.css'
import { useShowImport } from './use-show-import.ts'

export interface ImportCardProps {
  readonly shown: ShownImport
  readonly onReport: () => void
}

const allWellMs = 15_000

const icons: Readonly<Record<Outcome, ReactNode>> = {
  stored: <IconCircleCheck size={16} color="var(--ok)" aria-hidden="true" />,
  partly: <IconAlertTriangle size={16} color="var(--warn)" aria-hidden="true" />,
  cancelled: <IconCircleX size={16} color="var(--muted)" aria-hidden="true" />,
  failed: <IconAlertTriangle size={16} color="var(--error)" aria-hidden="true" />,
}

export function ImportCard({ shown, onReport }: ImportCardProps) {
  if (shown.error !== undefined) return <Broken shown={shown} />
  return shown.report === undefined ? <Running shown={shown} /> : <Ended shown={shown} onReport={onReport} />
}

function Running({ shown: { key, name, progress } }: { readonly shown: ShownImport }) {
  const { share, facts } = progressText(progress)
  return (
    <article className={styles.card} aria-label={`Import of ${name}`}>
      <Head name={name} icon={<IconFileImport size={16} aria-hidden="true" />} />
      <Progress
        value={(share ?? 1) * 100}
        animated={share === undefined}
        size="sm"
        aria-label={`Progress of ${name}`}
        transitionDuration={200}
      />
      <div className={styles.head}>
        <p className={`${styles.text} ${styles.name}`}>{facts}</p>
        <Button onClick={() => cancelImport(key)} aria-label={`Cancel the import of ${name}`}>
          Cancel
        </Button>
      </div>
    </article>
  )
}

function Ended({ shown: { key, name, report }, onReport }: ImportCardProps) {
  const show = useShowImport()
  const isAllWell = report !== undefined && outcomeOf(report) === 'stored'
  useEffect(() => {
    // Its data is on screen; what has to be read stays.
    const timer = isAllWell ? setTimeout(() => dismissImport(key), allWellMs) : undefined
    return () => clearTimeout(timer)
  }, [key, isAllWell])
  if (report === undefined) return null
  const destination = destinationOf(report)
  return (
    <article className={styles.card} aria-label={`Import of ${name}`}>
      <Head name={name} icon={icons[outcomeOf(report)]} onDismiss={() => dismissImport(key)} />
      <p className={styles.text} role="status">
        {resultText(report)}
      </p>
      <div className={styles.actions}>
        <Button onClick={onReport}>Report</Button>
        {destination === undefined ? null : <Button onClick={() => show(destination)}>{destination.label}</Button>}
      </div>
    </article>
  )
}

/** It never began, or the connection was lost. */
function Broken({ shown: { key, name, error, canRepeat } }: { readonly shown: ShownImport }) {
  const { title } = errorText(error)
  return (
    <article className={styles.card} aria-label={`Import of ${name}`}>
      <Head name={name} icon={icons.failed} onDismiss={() => dismissImport(key)} />
      <p className={styles.text} role="alert">
        {title}. {error instanceof Error ? error.message : ''} What was whole until then is stored; importing it again
        adds the rest.
      </p>
      {canRepeat ? (
        <div className={styles.actions}>
          <Button onClick={() => repeatImport(key)}>Import again</Button>
        </div>
      ) : null}
    </article>
  )
}

interface HeadProps {
  readonly name: string
  readonly icon: ReactNode
  readonly onDismiss?: () => void
}

function Head({ name, icon, onDismiss }: HeadProps) {
  return (
    <div className={styles.head}>
      {icon}
      <span className={`${styles.name} ellipsis`} title={name}>
        {name}
      </span>
      {onDismiss === undefined ? null : <CloseButton size="sm" aria-label={`Dismiss ${name}`} onClick={onDismiss} />}
    </div>
  )
}
