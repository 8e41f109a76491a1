/** Everything about the selected span. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { SpanDetails as Details } from '#shared/contract/traces.ts'
import { orpc } from '../../client/api.ts'
import { AttributeTable } from '../../ui/attribute-table.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import {
  exactDuration,
  exactInstant,
  formatCount,
  formatDuration,
  formatQuantity,
  formatShare,
} from '../../ui/format.ts'
import { LongText } from '../../ui/long-text.tsx'
import { operationText } from '../../ui/names.ts'
import { printableLine } from '../../ui/printable.ts'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { DetailSection } from './detail-section.tsx'
import { selfTimeNs } from './self-time.ts'
import styles from './span-details.module.css'
import { SpanEvents } from './span-events.tsx'
import { isMissingParent, parseSpanKey, type SpanKey, spanKey } from './span-index.ts'
import { SpanLinks } from './span-links.tsx'
import { SpanNotes } from './span-notes.tsx'
import type { TraceModel } from './trace-model.ts'
import { rowWarnings } from './trace-warnings.ts'

/** A few lines of the pane; the rest of a longer name is shown when asked for. */
const maxTitleCharacters = 200

export interface SpanDetailsProps {
  readonly model: TraceModel
  readonly selected: SpanKey | undefined
  readonly onSelect: (key: SpanKey) => void
  readonly onClose: () => void
}

export function SpanDetails(props: SpanDetailsProps) {
  return (
    <section aria-label="Span details" className={styles.pane}>
      <button
        type="button"
        className={styles.close}
        aria-label="Hide span details"
        title="Hide (Enter)"
        onClick={props.onClose}
      >
        ×
      </button>
      <Content {...props} />
    </section>
  )
}

function Content({ model, selected, onSelect }: SpanDetailsProps) {
  const { columns } = model
  const ref = selected === undefined ? undefined : parseSpanKey(selected)
  const row = selected === undefined ? undefined : model.index.rowOf(selected)
  const missing = row !== undefined && isMissingParent(columns, row)
  const query = useQuery({
    ...orpc.traces.span.queryOptions({
      input: { traceId: columns.traceId, spanId: ref?.spanId ?? '', twin: ref?.twin ?? 0 },
    }),
    enabled: ref !== undefined && row !== undefined && !missing,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (!ref)
    return <EmptyState title="No span selected">Select a span in the waterfall, or press j for the first.</EmptyState>
  if (row === undefined)
    return (
      <EmptyState title="This span has not arrived">
        The link or log names span <span className="mono">{ref.spanId}</span>, which is not part of this trace here. It
        may still be running, was sampled away, or its service does not send here.
      </EmptyState>
    )
  if (missing) return <MissingParent model={model} row={row} spanId={ref.spanId} />
  if (query.data)
    return <Loaded details={query.data} model={model} onSelect={onSelect} busy={query.isPlaceholderData} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <SkeletonRows rows={12} label="Loading the span" />
}

function MissingParent({
  model,
  row,
  spanId,
}: {
  readonly model: TraceModel
  readonly row: number
  readonly spanId: string
}) {
  const warning = rowWarnings(model.columns.flags[row] ?? 0)
  return (
    <>
      <h2 className={styles.title}>Missing parent</h2>
      {warning.map(({ title, text }) => (
        <p key={title} className={styles.text}>
          {text}
        </p>
      ))}
      <div className={styles.ids}>
        <span className="muted">Span id</span>
        <span className="mono">{spanId}</span>
        <CopyButton text={spanId} label="Copy span id" />
      </div>
      <p className={styles.text}>
        {formatQuantity(model.columns.descendants[row] ?? 0, 'span')} below, over{' '}
        {formatDuration(model.columns.duration[row] ?? 0)}.
      </p>
    </>
  )
}

interface LoadedProps {
  readonly details: Details
  readonly model: TraceModel
  readonly onSelect: (key: SpanKey) => void
  /** The details are still those of the span before. */
  readonly busy: boolean
}

function Loaded({ details, model, onSelect, busy }: LoadedProps) {
  const { columns } = model
  const row = model.index.rowOf(spanKey(details.spanId, details.twin)) ?? -1
  const warnings = rowWarnings(columns.flags[row] ?? 0)
  const startOffset = Number(BigInt(details.startTimeUnixNano) - columns.startUnixNano)
  const self = row < 0 ? details.durationNs : selfTimeNs(columns, row)
  const attributeCount = Object.keys(details.attributes).length
  return (
    <div aria-busy={busy} className={styles.content} key={spanKey(details.spanId, details.twin)}>
      <header className={styles.head}>
        <ServiceLabel name={details.service} />
        <h2 className={styles.title}>
          {details.name.length > maxTitleCharacters ? (
            <LongText text={details.name} maxCharacters={maxTitleCharacters} />
          ) : (
            operationText(details.name)
          )}
        </h2>
        {details.status === 'error' ? (
          <p className={styles.error}>
            <span className={styles.badge}>error</span>{' '}
            {details.statusMessage === '' ? (
              'no message'
            ) : (
              <LongText text={details.statusMessage} maxCharacters={2_000} />
            )}
          </p>
        ) : null}
      </header>
      <dl className={styles.facts}>
        <Fact name="Duration" value={formatDuration(details.durationNs)} exact={exactDuration(details.durationNs)} />
        <Fact
          name="Self"
          value={formatDuration(self)}
          exact={`${exactDuration(self)} while none of its children ran`}
        />
        <Fact
          name="Starts at"
          value={`${startOffset < 0 ? '' : '+'}${formatDuration(startOffset)}`}
          exact={exactInstant(details.startTimeUnixNano)}
        />
        <Fact
          name="Of trace"
          value={columns.durationNs > 0 ? formatShare(Math.max(0, details.durationNs) / columns.durationNs) : '–'}
          exact={`Of ${exactDuration(columns.durationNs)} that the whole trace takes`}
        />
        <Fact name="Kind" value={details.kind} exact="" />
        {details.status === 'ok' ? <Fact name="Status" value="ok" exact={details.statusMessage} /> : null}
      </dl>
      {warnings.map(({ title, text, unusual }) => (
        <div key={title} className={unusual ? styles.warning : styles.note}>
          <strong>{title}.</strong> {text}
        </div>
      ))}
      <SpanNotes key={spanKey(details.spanId, details.twin)} traceId={details.traceId} spanId={details.spanId} />
      <DetailSection title="Attributes" count={attributeCount}>
        {attributeCount === 0 ? (
          <p className={styles.none}>None were sent.</p>
        ) : (
          <AttributeTable attributes={details.attributes} label="Attributes" />
        )}
        <Dropped count={details.droppedAttributesCount} what="attribute" />
      </DetailSection>
      {details.events.length > 0 || details.droppedEventsCount > 0 ? (
        <DetailSection title="Events" count={details.events.length}>
          <SpanEvents events={details.events} traceStart={columns.startUnixNano} />
          <Dropped count={details.droppedEventsCount} what="event" />
        </DetailSection>
      ) : null}
      <SpanLinks details={details} onSelect={onSelect} />
      <DetailSection title="Resource" count={Object.keys(details.resource).length}>
        <AttributeTable attributes={details.resource} label="Resource" />
      </DetailSection>
      {details.scope.name === '' && details.scope.version === '' ? null : (
        <DetailSection title="Scope">
          <p className={styles.scope}>
            {printableLine(details.scope.name, 300)}{' '}
            <span className="muted">{printableLine(details.scope.version, 100)}</span>
          </p>
          {Object.keys(details.scope.attributes).length > 0 ? (
            <AttributeTable attributes={details.scope.attributes} label="Scope" />
          ) : null}
        </DetailSection>
      )}
      <DetailSection title="Identity">
        <div className={styles.ids}>
          <span className="muted">Span id</span>
          <span className="mono">{details.spanId}</span>
          <CopyButton text={details.spanId} label="Copy span id" />
          <span className="muted">Parent</span>
          {details.parentSpanId === null ? (
            <span className="faint">none, a root</span>
          ) : (
            <button type="button" className={styles.link} onClick={() => onSelect(details.parentSpanId ?? '')}>
              {details.parentSpanId}
            </button>
          )}
          <span />
          {details.traceState === '' ? null : (
            <>
              <span className="muted">Trace state</span>
              <span className={styles.wrap}>{printableLine(details.traceState, 1_000)}</span>
              <span />
            </>
          )}
          {details.twin > 0 ? (
            <>
              <span className="muted">Twin</span>
              <span>{formatCount(details.twin + 1)}. span with this id</span>
              <span />
            </>
          ) : null}
        </div>
        <CopyButton text={() => JSON.stringify(details.otlp, null, 2)} label="Copy as JSON" caption="Copy as JSON" />
      </DetailSection>
    </div>
  )
}

function Fact({ name, value, exact }: { readonly name: string; readonly value: string; readonly exact: string }) {
  return (
    <div title={exact === '' ? undefined : exact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Dropped({ count, what }: { readonly count: number; readonly what: string }) {
  return count === 0 ? null : (
    <p className={styles.dropped}>{formatQuantity(count, `more ${what}`)} dropped by the SDK before sending.</p>
  )
}
