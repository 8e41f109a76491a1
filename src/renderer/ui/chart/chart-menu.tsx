/** What can be done with a card's chart: copied or saved as a picture, saved as a table. */

import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPhoto, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { saveFile } from '../save-file.ts'
import styles from './chart-card.module.css'
import { chartCsv } from './chart-csv.ts'
import { chartPicture, type PictureHead } from './chart-picture.ts'
import type { ChartSheet, DrawnChart } from './chart-sheet.ts'
import { fileName } from './file-name.ts'
import { useTokenColors } from './use-token-colors.ts'

export interface ChartMenuProps extends PictureHead {
  readonly subject: string | undefined
  readonly sheet: ChartSheet
}

export function ChartMenu({ title, subject, sub, sheet }: ChartMenuProps) {
  const fullTitle = subject === undefined ? title : `${subject} · ${title}`
  const resolveColor = useTokenColors()
  const [outcome, setOutcome] = useState('')

  function picture(chart: DrawnChart): Promise<Blob> {
    const canvas = chartPicture(
      chart,
      { title: fullTitle, sub },
      { resolveColor, fontFamily: getComputedStyle(document.body).fontFamily },
    )
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob))),
    )
  }

  /** What goes wrong is said where it was asked for. */
  async function act(work: (chart: DrawnChart) => Promise<string>): Promise<void> {
    const chart = sheet.read()
    if (chart === undefined) return
    setOutcome(await work(chart).catch((error: unknown) => `That did not work: ${messageOf(error)}`))
  }

  return (
    <>
      <Menu position="bottom-end" withinPortal onOpen={() => setOutcome('')}>
        <Menu.Target>
          <ActionIcon className={styles.menu ?? ''} size={20} aria-label={`Copy or save ${title}`} title="Copy or save">
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={14} />}
            onClick={() =>
              void act(async (chart) => {
                // Asked for within the click: some browsers refuse the clipboard to what comes later.
                await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture(chart) })])
                return 'Copied'
              })
            }
          >
            Copy as PNG
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPhoto size={14} />}
            onClick={() =>
              void act(async (chart) => {
                saveFile(fileName(fullTitle, chart.plot.grid.startUnixNano, 'png'), await picture(chart))
                return ''
              })
            }
          >
            Save as PNG
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTable size={14} />}
            onClick={() =>
              void act(async (chart) => {
                const csv = new Blob([chartCsv(chart)], { type: 'text/csv' })
                saveFile(fileName(fullTitle, chart.plot.grid.startUnixNano, 'csv'), csv)
                return ''
              })
            }
          >
            Save as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status" className={outcome === '' ? 'visually-hidden' : 'muted'}>
        {outcome}
      </span>
    </>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
