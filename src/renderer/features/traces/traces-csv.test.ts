import { expect, test } from 'vitest'
import { csvText } from '#shared/model/csv.ts'
import { tracesCsv } from './traces-csv.ts'

test('a line for each trace, exact, and nothing a spreadsheet would run', () => {
  const trace = {
    traceId: 'a'.repeat(32),
    rootService: 'shop',
    rootOperation: '=1+1, "x"',
    rootReceived: true,
    startTimeUnixNano: '1700000000000000001',
    durationNs: 1_234_567,
    spanCount: 3,
    errorCount: 0,
    services: ['bank', 'shop'],
  }
  expect(csvText(tracesCsv([trace]))).toBe(
    'trace_id,start,service,operation,duration_ns,spans,errors,services\r\n' +
      `${'a'.repeat(32)},2023-11-14T22:13:20.000000001Z,shop,"'=1+1, ""x""",1234567,3,0,bank shop\r\n`,
  )
})
