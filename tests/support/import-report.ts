/** A report of an import, as far as a test says nothing else of it. */

import type { ImportReport } from '../../src/shared/contract/imports.ts'

export function importReport(said: Partial<ImportReport>): ImportReport {
  const none = { spans: 0, logs: 0, points: 0 }
  return {
    id: '1',
    name: 'a.json',
    state: 'finished',
    startedUnixNano: '1',
    format: '',
    readBytes: 0,
    sizeBytes: null,
    bytesPerSecond: 0,
    recordsPerSecond: 0,
    secondsLeft: null,
    read: none,
    stored: none,
    repeated: none,
    refused: 0,
    problem: null,
    reasons: [],
    refusals: [],
    range: null,
    ...said,
  }
}
