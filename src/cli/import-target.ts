/** What a command's bytes go to: a Spanlight that runs, or a database. Both are used alike. */

import type { z } from 'zod'
import type { ImportProgress, ImportReport, importBeginSchema } from '#shared/contract/imports.ts'

export interface ImportTarget {
  begin(input: z.input<typeof importBeginSchema>): Promise<{ id: string }>
  /** `bytes` is given away. */
  append(id: string, bytes: Uint8Array<ArrayBuffer>, file?: string): Promise<ImportProgress>
  refuse(id: string, file: string | null, reason: string): Promise<ImportProgress>
  finish(id: string): Promise<ImportReport>
  cancel(id: string): Promise<ImportReport>
  close(): Promise<void>
}
