/** Saves a table as a CSV file: what it lists, exact, where it shows rounded figures. */

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTableExport } from '@tabler/icons-react'
import { useState } from 'react'
import { saveFile } from './save-file.ts'

export interface CsvButtonProps {
  /** What is saved, such as "Save the listed traces as CSV". */
  readonly label: string
  /** Without its ending. */
  readonly name: string
  /** Asked for at the click. */
  readonly text: () => Promise<string>
  readonly disabled?: boolean
}

export function CsvButton({ label, name, text, disabled = false }: CsvButtonProps) {
  const [problem, setProblem] = useState('')

  async function save() {
    setProblem('')
    try {
      saveFile(`${name}.csv`, new Blob([await text()], { type: 'text/csv' }))
    } catch (error) {
      setProblem(`Not saved: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return (
    <>
      <Tooltip label={problem || label}>
        <ActionIcon aria-label={label} size={24} disabled={disabled} onClick={() => void save()}>
          <IconTableExport size={15} stroke={1.6} color={problem === '' ? undefined : 'var(--error)'} />
        </ActionIcon>
      </Tooltip>
      {problem === '' ? null : (
        <span role="alert" className="visually-hidden">
          {problem}
        </span>
      )}
    </>
  )
}
