/** Which Spanlight this is and where it keeps its data. */

import { host } from '../../client/host.ts'
import { useStatusValue } from '../../client/live.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { SettingsSection } from './settings-section.tsx'
import styles from './settings-view.module.css'

export function AboutSection() {
  const version = useStatusValue((status) => status.version)
  const path = useStatusValue((status) => status.database.path)
  return (
    <SettingsSection id="about">
      <dl className={styles.facts}>
        <dt>Version</dt>
        <dd>{version}</dd>
        <dt>Database</dt>
        <dd className={styles.path}>
          <span className="mono">{path}</span>
          {path === undefined ? null : <CopyButton text={path} label="Copy database path" />}
        </dd>
        <dt>Licence</dt>
        <dd>Apache License 2.0</dd>
        {/* Only `spanlight serve` has the REST API that this links to. */}
        {host === undefined ? (
          <>
            <dt>Documentation</dt>
            <dd>
              <a href="/api/openapi.json" target="_blank" rel="noreferrer">
                REST API
              </a>{' '}
              as an OpenAPI document; <code className="mono">spanlight --help</code> lists the command line's options.
            </dd>
          </>
        ) : null}
      </dl>
    </SettingsSection>
  )
}
