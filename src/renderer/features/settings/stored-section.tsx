/** How big the file is and what takes the room, by signal and by service. */

import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Storage } from '#shared/contract/settings.ts'
import { useUrlState } from '../../client/url-state.ts'
import table from '../../ui/data-table.module.css'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { SortButton } from '../../ui/sort-button.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { Rollups } from './rollups.tsx'
import { SettingsSection } from './settings-section.tsx'
import { readSort, settingsUrlSchema, sortPatch } from './settings-url.ts'
import { type StorageColumn, type StorageSort, serviceRows, signalRows, usedBytes, usedParts } from './storage-rows.ts'
import styles from './stored-section.module.css'
import { useSettings } from './use-settings.ts'
import { useStorage } from './use-storage.ts'

const shownAtFirst = 20

export function StoredSection() {
  const storage = useStorage()
  return (
    <SettingsSection
      id="stored"
      intro="Records are counted exactly; sizes are estimates, indexes included. Room that becomes free is used again, and given back to the disk when it is much."
    >
      <Loaded query={storage} rows={8} label="Loading what is stored">
        {(data) => (
          <>
            <Used storage={data} />
            <Signals storage={data} />
            <Rollups storage={data} />
            <Services storage={data} />
          </>
        )}
      </Loaded>
    </SettingsSection>
  )
}

function Used({ storage }: { readonly storage: Storage }) {
  const limit = useSettings().data?.retention.maxBytes
  return (
    <div className={styles.used}>
      <p className={styles.sizes}>
        <strong>{formatBytes(usedBytes(storage))}</strong>
        {limit === undefined ? '' : ` of ${formatBytes(limit)}`} used
        <span className="faint">
          {' '}
          · {formatBytes(storage.fileBytes)} on disk, with {formatBytes(storage.freeBytes)} of free room and the log of
          latest writes
        </span>
      </p>
      <div className={styles.bar} aria-hidden="true">
        {limit === undefined
          ? null
          : usedParts(storage, limit).map(({ signal, share }) => (
              <span key={signal} className={styles[signal]} style={{ width: `${share * 100}%` }} />
            ))}
      </div>
    </div>
  )
}

function Signals({ storage }: { readonly storage: Storage }) {
  return (
    <table className={table.table} aria-label="Stored by signal">
      <TableHead name="Signal" figures={['Records', 'About', 'Share']} />
      <tbody>
        {signalRows(storage).map((row) => (
          <tr key={row.signal}>
            <th scope="row" className={table.name}>
              <span className={`${styles.swatch} ${styles[row.signal]}`} aria-hidden="true" />
              {row.label}
            </th>
            <td className={table.figure}>{row.records}</td>
            <td className={table.figure}>{row.bytes}</td>
            <td className={table.figure}>
              <Share share={row.share} text={row.shareText} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const columns: readonly { readonly column: StorageColumn; readonly label: string }[] = [
  { column: 'name', label: 'Service' },
  { column: 'spans', label: 'Spans' },
  { column: 'logs', label: 'Logs' },
  { column: 'points', label: 'Points' },
  { column: 'bytes', label: 'About' },
]

function Services({ storage }: { readonly storage: Storage }) {
  const [url, setUrl] = useUrlState(settingsUrlSchema)
  const { column, reversed } = readSort(url)
  const rows = useMemo(() => serviceRows(storage, { column, reversed }), [storage, column, reversed])
  const [isWhole, setWhole] = useState(false)
  if (rows.length === 0) return <p className={styles.none}>No service has sent anything yet.</p>
  const sort: StorageSort = { column, reversed }
  const direction = (column === 'name') !== reversed ? 'ascending' : 'descending'
  return (
    <>
      <table className={table.table} aria-label="Stored by service">
        <thead>
          <tr>
            {columns.map(({ column: own, label }) => (
              <th
                key={own}
                scope="col"
                className={own === 'name' ? table.head : table.headFigure}
                aria-sort={own === column ? direction : 'none'}
              >
                <SortButton
                  label={label}
                  direction={own === column ? direction : undefined}
                  align={own === 'name' ? 'left' : 'right'}
                  onSort={() => setUrl(sortPatch(sort, own), { replace: true })}
                />
              </th>
            ))}
            <th scope="col" className={table.headFigure}>
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? rows : rows.slice(0, shownAtFirst)).map((row) => (
            <tr key={row.name}>
              <th scope="row" className={table.name}>
                <ServiceLabel name={row.name} strong />
              </th>
              <td className={table.figure}>{row.spans}</td>
              <td className={table.figure}>{row.logs}</td>
              <td className={table.figure}>{row.points}</td>
              <td className={table.figure}>{row.bytes}</td>
              <td className={table.figure}>
                <Share share={row.share} text={row.shareText} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shownAtFirst && !isWhole ? (
        <Button className={styles.more ?? ''} onClick={() => setWhole(true)}>
          Show all {formatCount(rows.length)} services
        </Button>
      ) : null}
    </>
  )
}

function Share({ share, text }: { readonly share: number; readonly text: string }) {
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.filled} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles.shareText}>{text}</span>
    </span>
  )
}
