/** The formats to choose from, each with what opens it. */

import { Radio } from '@mantine/core'
import { type ExportFormat, exportFormatFacts, exportFormats } from '#shared/contract/exports.ts'
import styles from './exports.module.css'

const uses: Partial<Readonly<Record<ExportFormat, string>>> = {
  'otlp-jsonl': 'Spanlight, the Collector; nothing is lost',
  'otlp-json': 'Spanlight, Tempo, scripts; nothing is lost',
  'otlp-protobuf': 'Spanlight, programs; smallest, nothing is lost',
  jaeger: 'Jaeger UI',
  zipkin: 'Zipkin',
  chrome: 'Perfetto, chrome://tracing, Speedscope',
  csv: 'Spreadsheets, data frames',
  markdown: 'Tickets and chats',
  html: 'Who has no tool: opens from disk, without network',
  session: 'Spanlight, any SQLite tool; with notes on traces',
}

export interface FormatChoiceProps {
  readonly format: ExportFormat
  readonly disabled: boolean
  readonly onChange: (format: ExportFormat) => void
}

export function FormatChoice({ format, disabled, onChange }: FormatChoiceProps) {
  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend>Format</legend>
      <Radio.Group
        aria-label="Format"
        value={format}
        onChange={(value) => onChange(exportFormats.find((name) => name === value) ?? format)}
      >
        <div className={styles.formats}>
          {exportFormats.map((name) => (
            <Radio
              key={name}
              value={name}
              size="xs"
              label={exportFormatFacts[name].label}
              description={uses[name] ?? ''}
              data-autofocus={name === format ? true : undefined}
            />
          ))}
        </div>
      </Radio.Group>
    </fieldset>
  )
}
