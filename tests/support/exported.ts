/** What an export of a scratch store writes, as text; nothing is redacted unless told. */

import { exportChunks } from '../../src/engine/export/export-run.ts'
import { ExportTally } from '../../src/engine/export/export-tally.ts'
import { Redactor } from '../../src/engine/export/redactor.ts'
import type { QueryContext } from '../../src/engine/queries/context.ts'
import {
  type ExportFormat,
  exportSelectionSchema,
  noRedaction,
  type Redaction,
} from '../../src/shared/contract/exports.ts'

export async function exportedBytes(
  context: QueryContext,
  format: ExportFormat,
  selection: unknown = {},
  redaction: Redaction = noRedaction,
): Promise<Buffer> {
  const request = { selection: exportSelectionSchema.parse(selection), format }
  const redactor = new Redactor(redaction, new Uint8Array(32))
  const chunks: Uint8Array[] = []
  for await (const chunk of exportChunks(context, request, { redactor, tally: new ExportTally() })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function exportedText(...parameters: Parameters<typeof exportedBytes>): Promise<string> {
  return (await exportedBytes(...parameters)).toString()
}
