/** Files into Spanlight: dropped anywhere or chosen, with their progress in a corner and a report at the end. */

import { useEffect, useRef, useState } from 'react'
import { useImports } from '../../client/imports.ts'
import { DropOverlay } from './drop-overlay.tsx'
import { ImportCard } from './import-card.tsx'
import { ImportReportDialog } from './import-report.tsx'
import { destinationOf, outcomeOf } from './import-rows.ts'
import styles from './imports.module.css'
import { useShowImport } from './use-show-import.ts'

export function Imports() {
  const imports = useImports()
  const show = useShowImport()
  const [openKey, setOpenKey] = useState<string>()
  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const { key, report, isOwn, startedAt } of imports) {
      if (!isOwn || report === undefined || told.current.has(key)) continue
      told.current.add(key)
      if (outcomeOf(report) !== 'stored') setOpenKey(key)
      const destination = report.state === 'finished' ? destinationOf(report) : undefined
      // Who went elsewhere meanwhile isn't taken away from there.
      if (destination !== undefined && window.location.href === startedAt) show(destination)
    }
  }, [imports, show])
  const opened = imports.find(({ key }) => key === openKey)
  return (
    <>
      {imports.length === 0 ? null : (
        <section className={styles.stack} aria-label="Imports">
          {imports.map((each) => (
            <ImportCard key={each.key} shown={each} onReport={() => setOpenKey(each.key)} />
          ))}
        </section>
      )}
      <ImportReportDialog shown={opened} onClose={() => setOpenKey(undefined)} />
      <DropOverlay />
    </>
  )
}
