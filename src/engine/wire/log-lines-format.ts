/** JSON lines of logging libraries as a format of files. */

import type { JsonFormat } from './import-format.ts'
import { isLogLine, lineOfFields } from './log-fields.ts'
import { LogLineBatch } from './log-line-batch.ts'

type Fields = { readonly [key: string]: unknown }

export const logLinesFormat: JsonFormat = {
  name: 'JSON log lines',
  recognises: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && isLogLine(value as Fields),
  toOtlp(values, { service }, originals) {
    const batch = new LogLineBatch({ fallbackService: service })
    for (const [index, value] of values.entries()) {
      // The file wasn't watched while it was written: nobody observed the lines.
      batch.add(lineOfFields(value as Fields), originals?.[index]?.toString('utf8').trim() ?? JSON.stringify(value), 0n)
    }
    return { resourceLogs: batch.take() }
  },
}
