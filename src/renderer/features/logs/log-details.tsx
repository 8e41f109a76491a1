/** Everything about one log: its body, exception, attributes and where it came from. */

import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core'
import { IconFocusCentered, IconTimeline, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { LogDetails as Log } from '#shared/contract/logs.ts'
import { severityLevel } from '#shared/model/severity.ts'
import { orpc } from '../../client/api.ts'
import { AttributeTable } from '../../ui/attribute-table.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Exception } from '../../ui/exception.tsx'
import { exceptionFields, otherAttributes } from '../../ui/exception-fields.ts'
import { exactInstant, formatCount } from '../../ui/format.ts'
import { LongText } from '../../ui/long-text.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import styles from './log-details.module.css'

export interface LogDetailsProps {
  readonly id: number
  readonly onClose: () => void
  /** Narrows the list to the moments around this log. */
  readonly onShowAround: (timeUnixNano: string) => void
}

export function LogDetails({ id, onClose, onShowAround }: LogDetailsProps) {
  // A stored record never changes.
  const query = useQuery(orpc.logs.details.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY }))
  const log = query.data
  return (
    <section className={styles.details} aria-label="Log details">
      <header className={styles.head}>
        {log ? (
          <>
            <SeverityMark level={severityLevel(log.severityNumber)} text={log.severityText} />
            <ServiceLabel name={log.serviceName} strong />
          </>
        ) : null}
        <span className={styles.actions}>
          {log ? (
            <>
              {log.traceId === null ? null : <TraceLink traceId={log.traceId} spanId={log.spanId} />}
              <Tooltip label="Show everything logged around it">
                <ActionIcon
                  aria-label="Show everything logged around it"
                  size={22}
                  onClick={() => onShowAround(log.timeUnixNano)}
                >
                  <IconFocusCentered size={15} />
                </ActionIcon>
              </Tooltip>
              <CopyButton text={() => JSON.stringify(log, null, 2)} label="Copy as JSON" />
            </>
          ) : null}
          <Tooltip label="Close (Esc)">
            <ActionIcon aria-label="Close" size={22} onClick={onClose}>
              <IconX size={15} />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      <div className={styles.content}>
        {log ? <Content log={log} /> : null}
        {query.isError && !log ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Loading /> : null}
      </div>
    </section>
  )
}

function TraceLink({ traceId, spanId }: { readonly traceId: string; readonly spanId: string | null }) {
  return (
    <Button
      size="compact-xs"
      leftSection={<IconTimeline size={13} aria-hidden="true" />}
      renderRoot={(root) => (
        <Link {...root} to="/traces/$traceId" params={{ traceId }} search={spanId === null ? {} : { span: spanId }} />
      )}
    >
      Open trace
    </Button>
  )
}

function Content({ log }: { readonly log: Log }) {
  const exception = exceptionFields(log.attributes)
  const attributes = exception ? otherAttributes(log.attributes) : log.attributes
  return (
    <>
      <Body body={log.body} />
      {exception ? <Exception {...exception} /> : null}
      <Part title="Attributes" attributes={attributes} dropped={log.droppedAttributesCount} />
      <Part title="Record" attributes={recordOf(log)} />
      <Part title="Resource" attributes={log.resource} />
      <Part title="Scope" attributes={scopeOf(log)} />
    </>
  )
}

/** Strings as written; anything else as indented JSON. */
function Body({ body }: { readonly body: unknown }) {
  if (body === null || body === undefined || body === '')
    return <p className={styles.noBody}>This record has no body.</p>
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  return (
    <div className={styles.body}>
      <LongText text={text} />
      <span className={styles.copy}>
        <CopyButton text={text} label="Copy body" />
      </span>
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly dropped?: number
}

function Part({ title, attributes, dropped = 0 }: PartProps): ReactNode {
  const count = Object.keys(attributes).length
  if (count === 0 && dropped === 0) return null
  return (
    <div>
      <h3 className={styles.title}>
        {title} <span className={styles.count}>{formatCount(count)}</span>
        {dropped > 0 ? <span className={styles.dropped}>{formatCount(dropped)} dropped by the sender</span> : null}
      </h3>
      <AttributeTable attributes={attributes} label={title} />
    </div>
  )
}

/** The record's own fields in OpenTelemetry's words, without those it does not have. */
function recordOf(log: Log): Record<string, unknown> {
  const severityName = log.severityText || severityLevel(log.severityNumber)
  const fields = {
    Time: exactInstant(log.timeUnixNano),
    Observed: log.observedTimeUnixNano === log.timeUnixNano ? '' : observed(log.observedTimeUnixNano),
    Severity: log.severityNumber === 0 ? log.severityText : `${severityName} (${log.severityNumber})`,
    'Event name': log.eventName,
    'Trace id': log.traceId ?? '',
    'Span id': log.spanId ?? '',
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

function observed(instant: string): string {
  return instant === '0' ? '' : exactInstant(instant)
}

function scopeOf({ scope }: Log): Record<string, unknown> {
  return {
    ...(scope.name === '' ? {} : { Name: scope.name }),
    ...(scope.version === '' ? {} : { Version: scope.version }),
    ...scope.attributes,
  }
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the log" className={styles.loading}>
      <Skeleton height={34} radius="md" />
      {[72, 48, 61, 55].map((width) => (
        <Skeleton key={width} height={9} width={`${width}%`} radius="sm" />
      ))}
    </div>
  )
}
