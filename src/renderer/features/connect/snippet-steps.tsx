/** One snippet: its steps in order, each with its own copy button. */

import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './connect-view.module.css'
import type { Snippet } from './snippets.ts'

export function SnippetSteps({ snippet }: { readonly snippet: Snippet }) {
  return (
    <>
      {snippet.steps.map((step) => (
        <section key={step.title} className={styles.step} aria-label={step.title}>
          <div className={styles.stepHead}>
            <h2>{step.title}</h2>
            {step.file === undefined ? null : <span className="mono faint">{step.file}</span>}
            <div className={styles.copy}>
              <CopyButton text={step.code} label={`Copy ${snippet.name}: ${step.title}`} caption="Copy" />
            </div>
          </div>
          <pre className={styles.code}>
            <code>{step.code}</code>
          </pre>
        </section>
      ))}
      {snippet.note === undefined ? null : <p className={styles.note}>{snippet.note}</p>}
    </>
  )
}
