/** The topology in figures: every node and every call, for a screen reader and for who wants them all at once. */

import { Link } from '@tanstack/react-router'
import { serviceText } from '../../ui/names.ts'
import card from './lab-card.module.css'
import { tracesOf } from './node-traces.ts'
import type { Figures, TopologyRows } from './topology-rows.ts'
import styles from './topology-table.module.css'

const columns = ['Rate', 'Errors', 'P95', 'More'] as const

export function TopologyTable({ rows }: { readonly rows: TopologyRows }) {
  return (
    <div className={styles.scroller}>
      <table className={`${card.table} ${styles.table}`} aria-label="Services and dependencies">
        <Head first="Service or dependency" />
        <tbody>
          {rows.nodes.map((row) => (
            <tr key={row.name} data-failing={row.isFailing || undefined}>
              <th scope="row">
                <Link to="/traces" search={tracesOf(row)}>
                  {serviceText(row.name)}
                </Link>{' '}
                <span className="faint">
                  {row.kind} {row.detail}
                </span>
              </th>
              <FigureCells figures={row.figures} isFailing={row.isFailing} note={row.trouble} />
            </tr>
          ))}
        </tbody>
      </table>
      <table className={`${card.table} ${styles.table}`} aria-label="Calls">
        <Head first="Call" />
        <tbody>
          {rows.edges.map((row) => (
            <tr key={row.id} data-failing={row.isFailing || undefined}>
              <th scope="row">
                {row.id} <span className="faint">{row.kind}</span>
              </th>
              <FigureCells figures={row.figures} isFailing={row.isFailing} note={null} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head({ first }: { readonly first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {columns.map((column) => (
          <th key={column} scope="col" className={column === 'More' ? undefined : card.figure}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface FigureCellsProps {
  readonly figures: Figures
  readonly isFailing: boolean
  readonly note: string | null
}

function FigureCells({ figures, isFailing, note }: FigureCellsProps) {
  return (
    <>
      <td className={card.figure}>{figures.rate}</td>
      <td className={card.figure}>
        <span className={isFailing ? 'bad' : undefined}>
          {isFailing ? '✕ ' : ''}
          {figures.errors}
        </span>
      </td>
      <td className={card.figure}>{figures.p95.replace('P95 ', '')}</td>
      <td>
        {note === null ? null : <span className={styles.trouble}>fault: {note}</span>} {figures.more}
      </td>
    </>
  )
}
