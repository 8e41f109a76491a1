/** What was rejected or pruned, by reason and time. */

import { IconCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { IngestDetails } from '#shared/contract/status.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { useIngestDetails } from '../../client/ingest-details.ts'
import { useStatus } from '../../client/live.ts'
import table from '../../ui/data-table.module.css'
import { formatMinute } from '../../ui/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useNow } from '../../ui/use-now.ts'
import { LossBars } from './loss-bars.tsx'
import { lossTable } from './loss-rows.ts'
import styles from './losses-section.module.css'
import { SettingsSection } from './settings-section.tsx'

const minuteMs = 60_000

export function LossesSection() {
  const details = useIngestDetails()
  return (
    <SettingsSection
      id="losses"
      intro="Everything that arrived and is not stored (any more), counted with its reason. Requests that were refused as a whole stand under Ingest, top right."
    >
      <Loaded query={details} rows={3} label="Loading losses">
        {(data) => <LossTable minutes={data.losses} />}
      </Loaded>
    </SettingsSection>
  )
}

function LossTable({ minutes }: { readonly minutes: IngestDetails['losses'] }) {
  const totals = useStatus()?.losses
  const now = useNow()
  // The bars move on with the minute.
  const minute = Math.floor(now.getTime() / minuteMs) * minuteMs
  const { rows, windowText } = useMemo(
    () => lossTable(totals ?? [], minutes, fromUnixMillis(minute)),
    [totals, minutes, minute],
  )
  if (rows.length === 0)
    return (
      <p className={styles.none}>
        <IconCheck size={14} aria-hidden="true" /> Nothing was lost: no record was rejected, none was pruned.
      </p>
    )
  return (
    <table className={table.table} aria-label="Losses by reason and time">
      <TableHead name="Reason" figures={['Signal', windowText, 'Last', 'Records']} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className={table.name}>
              {row.reason}
              {row.advice === undefined ? null : <div className={styles.advice}>{row.advice}</div>}
            </th>
            <td className={table.figure}>{row.signal}</td>
            <td className={table.figure}>
              <LossBars bars={row.bars} label={row.barsText} />
            </td>
            <td className={table.figure}>
              {row.lastUnixNano === undefined ? 'long ago' : formatMinute(row.lastUnixNano, now)}
            </td>
            <td className={table.figure}>{row.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
