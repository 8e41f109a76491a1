/** The sessions there are, beside each other: what they hold, how big they are, and the way into each. */

import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import table from '../../ui/data-table.module.css'
import { TableHead } from '../../ui/table-head.tsx'
import type { SessionRow } from './session-rows.ts'
import styles from './sessions-view.module.css'

export interface SessionsTableProps {
  readonly rows: readonly SessionRow[]
  readonly isBusy: boolean
  readonly onOpen: (path: string, readOnly: boolean) => void
  readonly onForget: (path: string) => void
  readonly onRecover: (path: string) => void
}

const figures = ['Size', 'Spans', 'Logs', 'Points', 'Data', 'Opened', '']

export function SessionsTable({ rows, isBusy, onOpen, onForget, onRecover }: SessionsTableProps) {
  return (
    <table className={table.table} aria-label="Sessions">
      <TableHead name="Session" figures={figures} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.path} className={styles.row} aria-current={row.isCurrent || undefined}>
            <th scope="row" className={table.name}>
              <span className={styles.sessionName}>
                {row.name}
                {row.isCurrent ? <span className={styles.openBadge}>open</span> : null}
              </span>
              <span className={`mono ${styles.path}`} title={row.path}>
                {row.path}
              </span>
              {row.problem === null ? null : (
                <span className={styles.problem}>
                  <IconAlertTriangle size={13} aria-hidden="true" /> {row.problem}
                </span>
              )}
            </th>
            <td className={table.figure}>
              {row.size}
              <span className={styles.track} aria-hidden="true">
                <span className={styles.bar} style={{ width: `${row.sizeShare * 100}%` }} />
              </span>
            </td>
            <td className={table.figure}>{row.spans}</td>
            <td className={table.figure}>{row.logs}</td>
            <td className={table.figure}>{row.points}</td>
            <td className={table.figure} title={row.exactData}>
              {row.data}
            </td>
            <td className={table.figure}>{row.opened}</td>
            <td className={`${table.figure} ${styles.actions}`}>
              {row.isCurrent ? null : row.problem === null ? (
                <>
                  <Button
                    size="compact-xs"
                    disabled={isBusy}
                    aria-label={`Open ${row.name}`}
                    onClick={() => onOpen(row.path, false)}
                  >
                    Open
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={isBusy}
                    aria-label={`Open ${row.name} read-only`}
                    onClick={() => onOpen(row.path, true)}
                  >
                    Read-only
                  </Button>
                </>
              ) : row.canRecover ? (
                <Button size="compact-xs" aria-label={`Recover ${row.name}`} onClick={() => onRecover(row.path)}>
                  Recover…
                </Button>
              ) : null}
              {row.wasOpened && !row.isCurrent ? (
                <ActionIcon
                  size={22}
                  aria-label={`Take ${row.name} off the list`}
                  title="Take it off the list; its file stays"
                  onClick={() => onForget(row.path)}
                >
                  <IconX size={13} />
                </ActionIcon>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
