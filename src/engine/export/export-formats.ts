/** How each format is written. */

import type { ExportFormat } from '#shared/contract/exports.ts'
import type { FormatWriter } from './format-writer.ts'
import { OtlpJsonDocument, OtlpJsonLines } from './otlp-json-writers.ts'

export const formatWriters: Readonly<Record<ExportFormat, () => FormatWriter>> = {
  'otlp-jsonl': () => new OtlpJsonLines(),
  'otlp-json': () => new OtlpJsonDocument(),
}
