/** Saves a table as a CSV file: what it lists, exact, where it shows rounded figures. */

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTableExport } from '@tabler/icons-react'
import { saveFile } from './save-file.ts'

export interface CsvButtonProps {
  /** What is saved, such as "Save the listed traces as CSV". */
  readonly label: string
  /** Without its ending. */
  readonly name: string
  /** Asked for at the click. */
  readonly text: () => string
  readonly disabled?: boolean
}

export function CsvButton({ label, name, text, disabled = false }: CsvButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        size={24}
        disabled={disabled}
        onClick={() => saveFile(`${name}.csv`, new Blob([text()], { type: 'text/csv' }))}
      >
        <IconTableExport size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}
