/** Cells of a table that somebody saves, redacted by the rules that are kept. */

import type { z } from 'zod'
import type { redactCellsSchema } from '#shared/contract/exports.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { readSettings } from '../queries/settings.ts'
import { Redactor } from './redactor.ts'

const sliceMs = 25

/** In the order of the cells. */
export async function redactCells(
  context: QueryContext,
  { key, cells }: z.output<typeof redactCellsSchema>,
): Promise<{ texts: string[] }> {
  const redactor = new Redactor(readSettings(context, undefined).redaction, Buffer.from(key, 'hex'))
  const texts: string[] = []
  let sliceEndMs = performance.now() + sliceMs
  for (const { name, text } of cells) {
    texts.push(redactor.cell(name, text))
    if (performance.now() < sliceEndMs) continue
    await breathe(context.signal)
    sliceEndMs = performance.now() + sliceMs
  }
  return { texts }
}
