/** What became of an import, in full: what was read, stored and there already, and every refusal with its place. */

import { Button, Modal } from '@mantine/core'
import type { ImportReport } from '#shared/contract/imports.ts'
import { repeatImport } from '../../client/imports.ts'
import type { ShownImport } from '../../client/shown-imports.ts'
import { formatBytes, formatCount, formatInstant } from '../../ui/format.ts'
import styles from './import-report.module.css'
import { destinationOf, hintText, mayBeLogLines, placeText, recordsText, resultText, total } from './import-rows.ts'
import { useShowImport } from './use-show-import.ts'

export interface ImportReportDialogProps {
  /** Undefined while none is open. */
  readonly shown: ShownImport | undefined
  readonly onClose: () => void
}

export function ImportReportDialog({ shown, onClose }: ImportReportDialogProps) {
  const show = useShowImport()
  const report = shown?.report
  const destination = report && destinationOf(report)
  const hint = report && hintText(report)
  return (
    <Modal opened={report !== undefined} onClose={onClose} title={`Import of ${shown?.name ?? ''}`} size="lg" centered>
      {report === undefined || shown === undefined ? null : (
        <div className={styles.report}>
          <p className={styles.result}>{resultText(report)}</p>
          {report.state === 'cancelled' && report.problem !== null ? <p>{report.problem}</p> : null}
          {hint === undefined ? null : <p>{hint}</p>}
          <Facts report={report} />
          <Refusals report={report} />
          <div className={styles.actions}>
            {shown.canRepeat && report.state !== 'finished' ? (
              <Button
                onClick={() => {
                  onClose()
                  repeatImport(shown.key)
                }}
              >
                Import again
              </Button>
            ) : null}
            {shown.canRepeat && mayBeLogLines(report) ? (
              <Button
                onClick={() => {
                  onClose()
                  repeatImport(shown.key, 'text')
                }}
              >
                Import as log lines
              </Button>
            ) : null}
            {destination === undefined ? null : (
              <Button
                onClick={() => {
                  onClose()
                  show(destination)
                }}
              >
                {destination.label}
              </Button>
            )}
            <Button variant="filled" onClick={onClose} data-autofocus>
              Close
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}

function Facts({ report }: { readonly report: ImportReport }) {
  const { format, readBytes, read, stored, repeated, refused, range } = report
  const facts = [
    ['Format', format === '' ? 'not recognised' : format],
    ['Read', `${formatBytes(readBytes)}, ${recordsText(read)}`],
    ['Stored', recordsText(stored)],
    ...(total(repeated) > 0 ? [['Stored before', recordsText(repeated)] as const] : []),
    ['Refused', formatCount(refused)],
    ...(range === null ? [] : [['Time', `${formatInstant(range.start)} to ${formatInstant(range.end)}`] as const]),
  ] as const
  return (
    <dl className={styles.facts}>
      {facts.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Refusals({ report: { refusals, reasons, refused } }: { readonly report: ImportReport }) {
  if (refused === 0) return null
  const listed = refusals.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <section className={styles.refusals} aria-label="Refused">
        <ul>
          {refusals.map((refusal) => {
            const place = placeText(refusal)
            return (
              <li key={`${place} ${refusal.reason}`}>
                {place === '' ? null : <span className={styles.place}>{place}</span>}
                <span>
                  {refusal.reason}
                  {refusal.count > 1 ? ` (${formatCount(refusal.count)} records)` : ''}
                </span>
              </li>
            )
          })}
        </ul>
      </section>
      {listed < refused ? (
        <p className="faint">
          {formatCount(refused - listed)} more. All by reason:{' '}
          {reasons.map(({ reason, count }) => `${formatCount(count)} × ${reason}`).join('; ')}
        </p>
      ) : null}
    </>
  )
}
