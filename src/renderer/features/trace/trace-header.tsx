/** The trace's head line: its root, how long it took, what it holds, what is odd about it, and its id. */

import { ActionIcon, Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconFileExport, IconMarkdown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { openExport, useExportOffer } from '../../client/export-offer.ts'
import { exportManifest, hasTraceList } from '../../client/exported-file.ts'
import { fetchExportText } from '../../client/fetch-export.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import {
  exactDuration,
  exactInstant,
  formatCount,
  formatDuration,
  formatInstant,
  formatQuantity,
} from '../../ui/format.ts'
import { operationText, serviceText } from '../../ui/names.ts'
import { ServiceMark } from '../../ui/service-label.tsx'
import styles from './trace-header.module.css'
import { operationLabel, serviceAt, type TraceModel } from './trace-model.ts'
import { TraceNotes } from './trace-notes.tsx'
import type { TraceWarning } from './trace-warnings.ts'

export interface TraceHeaderProps {
  readonly model: TraceModel
  readonly summary: TraceSummary | undefined
  readonly onRow: (row: number) => void
  readonly warningsShown: boolean
  readonly onWarnings: (shown: boolean) => void
}

/** Where "← Traces" leads: the list with its filters, without what belongs to one trace. */
export function withoutTraceParams(search: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...search, span: undefined, from: undefined, to: undefined, focus: undefined, logs: undefined }
}

export function BackLink() {
  if (!hasTraceList()) return null
  return (
    <Link to="/traces" search={withoutTraceParams} className={styles.back ?? ''}>
      ← Traces
    </Link>
  )
}

export function TraceHeader({ model, summary, onRow, warningsShown, onWarnings }: TraceHeaderProps) {
  const { columns, spanCount, errorCount, warnings } = model
  const service = summary?.rootService ?? serviceAt(model, 0)
  const name = summary === undefined ? operationLabel(model, 0) : operationText(summary.rootOperation)
  const counts = [
    formatQuantity(spanCount, 'span'),
    formatQuantity(columns.services.length, 'service'),
    formatQuantity(errorCount, 'error'),
  ]
  return (
    <header className={styles.header}>
      <BackLink />
      <h1 className={styles.title}>
        <ServiceMark name={service} />
        <span className={styles.service} title={serviceText(service)}>
          {serviceText(service)}
        </span>
        <span className={styles.operation} title={name}>
          {name}
        </span>
      </h1>
      <span className={errorCount > 0 ? styles.badDuration : styles.duration} title={exactDuration(columns.durationNs)}>
        {formatDuration(columns.durationNs)}
      </span>
      <span className={styles.facts}>
        {counts.join(' · ')} ·{' '}
        <span title={exactInstant(columns.startUnixNano)}>{formatInstant(columns.startUnixNano)}</span>
      </span>
      {summary && !summary.rootReceived ? <span className={styles.pill}>root not received yet</span> : null}
      {warnings.length > 0 ? (
        <Warnings warnings={warnings} onRow={onRow} shown={warningsShown} onShown={onWarnings} />
      ) : null}
      <TraceNotes traceId={columns.traceId} />
      <span className={styles.id}>
        <span className="mono" title={columns.traceId}>
          {columns.traceId.slice(0, 8)}…{columns.traceId.slice(-7)}
        </span>
        <CopyButton text={columns.traceId} label="Copy trace id" />
      </span>
      {exportManifest() === undefined ? <HandOn traceId={columns.traceId} /> : null}
    </header>
  )
}

/** Ways to give the trace to somebody: as a file, or in words. */
function HandOn({ traceId }: { readonly traceId: string }) {
  const offer = useMemo(
    () => ({ what: `Trace ${traceId} with its logs`, selection: { traceIds: [traceId] } }),
    [traceId],
  )
  useExportOffer(offer)
  return (
    <span className={styles.handOn}>
      <CopyButton
        text={() => fetchExportText({ selection: offer.selection, format: 'markdown' })}
        label="Copy a summary as Markdown"
        icon={IconMarkdown}
      />
      <Tooltip label="Export this trace">
        <ActionIcon aria-label="Export this trace" onClick={() => openExport(offer)} size={22}>
          <IconFileExport size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}

interface WarningsProps {
  readonly warnings: readonly TraceWarning[]
  readonly onRow: (row: number) => void
  readonly shown: boolean
  readonly onShown: (shown: boolean) => void
}

function Warnings({ warnings, onRow, shown, onShown }: WarningsProps) {
  const [first] = warnings
  return (
    <Popover opened={shown} onChange={onShown} position="bottom-start" width={420} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles.pill ?? ''} aria-expanded={shown} onClick={() => onShown(!shown)}>
          <IconAlertTriangle size={13} aria-hidden="true" />
          {warnings.length === 1 && first ? first.title : `${formatCount(warnings.length)} warnings`}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown ?? ''}>
        <ul className={styles.warnings} aria-label="Warnings">
          {warnings.map(({ title, text, row }) => (
            <li key={title}>
              <strong>{title}</strong>
              <p>{text}</p>
              <button
                type="button"
                className={styles.show}
                onClick={() => {
                  onShown(false)
                  onRow(row)
                }}
              >
                Show the first
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
