/** What an exported file is: what it holds, when and by what it was written, what was redacted, and where it is from. */

import { Modal } from '@mantine/core'
import type { ExportManifest } from '#shared/contract/html-export.ts'
import { exactInstant, formatQuantity } from '../../ui/format.ts'
import styles from './about-file.module.css'
import { redactionSentences } from './about-text.ts'

export interface AboutFileProps {
  readonly manifest: ExportManifest
  readonly opened: boolean
  readonly onClose: () => void
}

export function AboutFile({ manifest, opened, onClose }: AboutFileProps) {
  const { traces, redaction, exportedUnixNano } = manifest
  const sum = (of: 'spanCount' | 'logCount') => traces.reduce((total, trace) => total + trace[of], 0)
  return (
    <Modal opened={opened} onClose={onClose} title="About this file" size={520} centered>
      <dl className={styles.facts}>
        <dt>Holds</dt>
        <dd>
          {formatQuantity(traces.length, 'trace')} with {formatQuantity(sum('spanCount'), 'span')} and{' '}
          {formatQuantity(sum('logCount'), 'log')}, as they were when it was written. All of it lies in this file; it
          asks nothing of any network.
        </dd>
        <dt>Written</dt>
        <dd>
          {exactInstant(exportedUnixNano)} by {writtenBy()}
        </dd>
        <dt>Values</dt>
        <dd>
          {redactionSentences(redaction).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </dd>
        <dt>Spanlight</dt>
        <dd>
          A viewer for OpenTelemetry traces, logs and metrics that runs on your own machine; free software under the
          Apache License 2.0. To look further than this file, ask whoever sent it for the session, and open that in
          Spanlight.
        </dd>
      </dl>
    </Modal>
  )
}

/** The page is part of the Spanlight that wrote the file, and carries its name and version. */
function writtenBy(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=generator]')?.content ?? 'Spanlight'
}
