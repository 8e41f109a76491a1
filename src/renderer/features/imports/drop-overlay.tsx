/** Files may be dropped anywhere on the window: says so while they are dragged over it, and imports them. */

import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { importFiles } from '../../client/imports.ts'
import { notice } from '../../ui/notice.tsx'
import styles from './drop-overlay.module.css'
import { droppedFiles, maxDroppedFiles, TooManyFiles } from './dropped-files.ts'

export function DropOverlay() {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Otherwise the browser would open the file in place of the app.
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Between two elements it leaves one for the other; out of the window it leaves for nothing.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      droppedFiles(event.dataTransfer).then(importFiles, (error: unknown) =>
        notice(
          error instanceof TooManyFiles
            ? `That is more than ${maxDroppedFiles} files. Drop fewer, or a zip of them.`
            : "What was dropped can't be read. Try again, or choose it with “Open a file…”.",
        ),
      )
    }
    const listeners = [
      ['dragenter', enter],
      ['dragover', enter],
      ['dragleave', leave],
      ['drop', drop],
    ] as const
    for (const [type, listener] of listeners) window.addEventListener(type, listener)
    return () => {
      for (const [type, listener] of listeners) window.removeEventListener(type, listener)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.frame}>
        <IconFileImport size={32} stroke={1.5} aria-hidden="true" />
        <strong>Drop to open</strong>
        <span>OTLP, Jaeger, Zipkin, Tempo, Go stdouttrace or JSON log lines; files, folders, zip, gzip or zstd</span>
      </div>
    </div>
  )
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
