/** Telemetry somebody sent: a file of any known format, dropped or chosen. */

import { Button } from '@mantine/core'
import { openFiles } from '../../client/imports.ts'
import styles from './offer.module.css'

export function OpenFile() {
  return (
    <section className={styles.card} aria-label="Files">
      <div className={styles.text}>
        <h2 className={styles.title}>Got a file?</h2>
        <p>
          OTLP, Jaeger, Zipkin, Tempo, Go stdouttrace or JSON log lines, also zipped: open it here, or drop it anywhere
          on the window.
        </p>
      </div>
      <Button onClick={() => void openFiles()}>Open a file…</Button>
    </section>
  )
}
