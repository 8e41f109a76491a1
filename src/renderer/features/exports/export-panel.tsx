/** The form of the export dialog, and the export it starts. */

import { Button, Checkbox, Progress } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { type ExportSignal, exportFormatFacts, type Redaction } from '#shared/contract/exports.ts'
import { orpc } from '../../client/api.ts'
import { closeExport, type ExportOffer } from '../../client/export-offer.ts'
import { fetchExportText } from '../../client/fetch-export.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { errorText } from '../../ui/error-text.ts'
import { type ExportForm, requestOf, signalChoices, withSignal } from './export-form.ts'
import { doneText, previewText, progressText } from './export-text.ts'
import styles from './exports.module.css'
import { FormatChoice } from './format-choice.tsx'
import { RedactionChoice } from './redaction-choice.tsx'
import { RedactionSamples } from './redaction-samples.tsx'
import { type ExportRun, useExportRun } from './use-export-run.ts'

const signalNames: Readonly<Record<ExportSignal, string>> = { traces: 'Traces', logs: 'Logs', metrics: 'Metrics' }

export interface ExportPanelProps {
  readonly offer: ExportOffer
  /** The rules kept in the settings. */
  readonly kept: Redaction
}

export function ExportPanel({ offer, kept }: ExportPanelProps) {
  const { selection } = offer
  const [form, setForm] = useState<ExportForm>({
    format: offer.format ?? 'otlp-jsonl',
    signals: undefined,
    redacts: true,
    redaction: kept,
  })
  const request = useMemo(() => requestOf(selection, form), [selection, form])
  const preview = useQuery({
    ...orpc.exports.preview.queryOptions({ input: request }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const { run, start, cancel } = useExportRun()
  const isRunning = run.kind === 'running'
  const isEmpty = preview.data !== undefined && preview.data.bytes === null
  const canExport = preview.isSuccess && !isEmpty && !isRunning

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (canExport) void start(request, preview.data.bytes ?? 0)
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <p className={styles.what}>{offer.what}</p>
      <div className={styles.columns}>
        <FormatChoice format={form.format} disabled={isRunning} onChange={(format) => setForm({ ...form, format })} />
        <div className={styles.column}>
          <fieldset className={styles.group} disabled={isRunning}>
            <legend>Contents</legend>
            <div className={styles.signals}>
              {signalChoices(selection, form).map(({ signal, isChosen, isFixed }) => (
                <Checkbox
                  key={signal}
                  label={signalNames[signal]}
                  checked={isChosen}
                  disabled={isFixed}
                  onChange={() => setForm(withSignal(selection, form, signal))}
                />
              ))}
            </div>
          </fieldset>
          <RedactionChoice
            isOn={form.redacts}
            redaction={form.redaction}
            kept={kept}
            disabled={isRunning}
            onSwitch={(redacts) => setForm({ ...form, redacts })}
            onChange={(redaction) => setForm({ ...form, redaction })}
          />
        </div>
      </div>
      <section className={styles.preview} aria-label="Preview" aria-busy={preview.isFetching}>
        {preview.error !== null ? (
          <p role="alert" className={styles.failed}>
            {preview.error.message}
          </p>
        ) : preview.data === undefined ? (
          <p className="muted">Counting…</p>
        ) : (
          <>
            <p role="status" aria-label="Selected" className={preview.isPlaceholderData ? 'muted' : ''}>
              {isEmpty
                ? 'Nothing that is stored matches: widen the time range or the filters.'
                : previewText(preview.data)}
            </p>
            {preview.data.notices.map((notice) => (
              <p key={notice} className="muted">
                {notice}
              </p>
            ))}
            {isEmpty ? null : form.redacts ? <RedactionSamples preview={preview.data} /> : <NotRedacted />}
          </>
        )}
      </section>
      <RunState run={run} />
      <div className={styles.foot}>
        {form.format === 'markdown' ? (
          <CopyButton text={() => fetchExportText(request)} label="Copy as Markdown" caption="Copy" />
        ) : null}
        <Button onClick={isRunning ? cancel : closeExport}>{run.kind === 'done' ? 'Close' : 'Cancel'}</Button>
        <Button type="submit" variant="filled" disabled={!canExport} leftSection={<IconDownload size={14} />}>
          Export {exportFormatFacts[form.format].extension}
        </Button>
      </div>
    </form>
  )
}

function NotRedacted() {
  return <p className={styles.warning}>Secrets in the data stay as they are: whoever gets the file can read them.</p>
}

function RunState({ run }: { readonly run: ExportRun }) {
  if (run.kind === 'idle') return null
  if (run.kind === 'failed') {
    const { title, advice } = errorText(run.error)
    const message = run.error instanceof Error ? run.error.message : ''
    return (
      <p role="alert" className={styles.failed}>
        {title}. {message} {advice}
      </p>
    )
  }
  if (run.kind === 'done') {
    return (
      <div role="status" aria-label="Export" className={styles.done}>
        <p>{doneText(run.fileName, run.progress)}</p>
        {run.progress.notices.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
      </div>
    )
  }
  const share = run.progress?.share ?? null
  return (
    <div className={styles.run}>
      <Progress
        value={share === null ? 100 : share * 100}
        striped={share === null}
        animated={share === null}
        aria-label="Export progress"
      />
      <p className="muted">{run.progress === undefined ? 'Starting…' : progressText(run.progress)}</p>
    </div>
  )
}
