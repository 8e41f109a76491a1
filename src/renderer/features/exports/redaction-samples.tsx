/** What redaction would change: how much, and samples before and after. */

import type { ExportPreview } from '#shared/contract/exports.ts'
import { foundText, ruleName } from './export-text.ts'
import styles from './exports.module.css'

export function RedactionSamples({ preview }: { readonly preview: ExportPreview }) {
  const { samples } = preview.redaction
  return (
    <>
      <p className="muted">{foundText(preview)}</p>
      {samples.length === 0 ? null : (
        <div className={styles.samples}>
          <table aria-label="What would be replaced">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Where</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {samples.map(({ rule, where, before, after }) => (
                <tr key={`${rule} ${where}`}>
                  <td>{ruleName(rule)}</td>
                  <td>{where}</td>
                  <td className="mono">{before}</td>
                  <td className="mono">{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
