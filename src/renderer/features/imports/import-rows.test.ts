import { describe, expect, test } from 'vitest'
import { type ImportReport, refusalReasons } from '#shared/contract/imports.ts'
import { importReport } from '../../../../tests/support/import-report.ts'
import {
  destinationOf,
  hintText,
  mayBeLogLines,
  outcomeOf,
  placeText,
  progressText,
  resultText,
} from './import-rows.ts'

const none = { spans: 0, logs: 0, points: 0 }
const report = importReport({
  format: 'Jaeger JSON',
  readBytes: 1_000_000,
  sizeBytes: 4_000_000,
  bytesPerSecond: 500_000,
  recordsPerSecond: 1_200,
  secondsLeft: 6,
})

describe('progress', () => {
  test('says how far, how fast and how long', () => {
    expect(progressText(report)).toEqual({ share: 0.25, facts: '25 % · 488 KiB/s · 1,200 records/s · 6 s left' })
  })

  test.each([
    [
      { readBytes: 10, sizeBytes: 1000 },
      { share: 0.01, facts: '1 %' },
    ],
    [
      { readBytes: 10, sizeBytes: null, secondsLeft: null },
      { share: undefined, facts: '10 B' },
    ],
    [
      { readBytes: 2_000, sizeBytes: 1_000 },
      { share: 1, facts: '100 %' },
    ],
  ])('%j', (change, expected) => {
    expect(progressText({ ...report, ...change })).toEqual(expected)
  })

  test('before the engine knows of it', () => {
    expect(progressText(undefined)).toEqual({ share: 0, facts: 'Starting…' })
  })
})

describe('the end', () => {
  const spans = { spans: 1, logs: 0, points: 0 }
  test.each<[Partial<ImportReport>, string, string]>([
    [
      { stored: { spans: 1_234, logs: 20, points: 3 } },
      'stored',
      '1,234 spans, 20 log records and 3 metric points stored.',
    ],
    [{ repeated: { spans: 5, logs: 0, points: 0 } }, 'stored', 'Nothing new: 5 spans were stored already.'],
    [{ stored: spans, repeated: spans }, 'stored', '1 span stored, others were there already.'],
    [{ stored: spans, refused: 2 }, 'partly', '1 span stored, 2 refused.'],
    [{ state: 'cancelled', stored: spans }, 'cancelled', 'Cancelled. 1 span stored until then.'],
    [{ state: 'cancelled' }, 'cancelled', 'Cancelled. Nothing was stored.'],
    [{ state: 'failed', problem: 'It is a directory.' }, 'failed', 'It is a directory.'],
  ])('%j', (change, outcome, text) => {
    expect(outcomeOf({ ...report, ...change })).toBe(outcome)
    expect(resultText({ ...report, ...change })).toBe(text)
  })

  test('a session can be opened as well, anything else only imported', () => {
    expect(hintText({ ...report, state: 'finished', format: 'Spanlight session (zstd)' })).toMatch(/under Sessions/)
    expect(hintText({ ...report, state: 'failed', format: 'Spanlight session' })).toBeUndefined()
    expect(hintText(report)).toBeUndefined()
  })

  test('what was refused may be read another way', () => {
    const text: ImportReport = {
      ...report,
      state: 'failed',
      reasons: [{ reason: refusalReasons.unknownText, count: 1 }],
    }
    expect([hintText(text), mayBeLogLines(text)]).toEqual([
      'If the lines of that text are log lines, import it as such.',
      true,
    ])
    const among: ImportReport = { ...text, state: 'finished' }
    expect([hintText(among), mayBeLogLines(among)]).toEqual([expect.stringMatching(/by itself/), false])
    const damaged = { ...text, reasons: [{ reason: refusalReasons.damagedSession, count: 1 }] }
    expect([hintText(damaged), mayBeLogLines(damaged)]).toEqual([expect.stringMatching(/under Sessions/), false])
  })

  test('a refusal has its place', () => {
    expect(placeText({ file: 'b.json', line: 12, reason: '', count: 1 })).toBe('b.json, line 12')
    expect(placeText({ file: null, line: null, reason: '', count: 1 })).toBe('')
  })
})

describe('where to', () => {
  const range = { start: '1000000000000', end: '1100000000000' }

  test('traces first, with room around', () => {
    expect(destinationOf({ ...report, range, read: { spans: 1, logs: 1, points: 1 } })).toEqual({
      to: '/traces',
      label: 'Show traces',
      range: { start: '995000000000', end: '1105000000000' },
    })
  })

  test('logs or metrics where there are no traces; a moment has a second around it', () => {
    const moment = { start: '1000000000000', end: '1000000000000' }
    expect(destinationOf({ ...report, range: moment, read: { spans: 0, logs: 1, points: 1 } })).toMatchObject({
      to: '/logs',
      range: { start: '999000000000', end: '1001000000000' },
    })
    expect(destinationOf({ ...report, range, read: { spans: 0, logs: 0, points: 1 } })).toMatchObject({
      to: '/metrics',
    })
  })

  test('nowhere when nothing was read', () => {
    expect(destinationOf(report)).toBeUndefined()
    expect(destinationOf({ ...report, range: { start: '0', end: '0' }, read: { ...none, logs: 1 } })?.range.start).toBe(
      '0',
    )
  })
})
