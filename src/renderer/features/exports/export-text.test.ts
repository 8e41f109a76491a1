import { expect, test } from 'vitest'
import type { ExportPreview } from '#shared/contract/exports.ts'
import { countsText, doneText, foundText, previewText } from './export-text.ts'

const counts = { traces: 2, spans: 3, logs: 1, points: 0 }
const preview: ExportPreview = {
  counts,
  complete: true,
  bytes: 2_048,
  redaction: { found: [{ rule: 'emails', count: 2 }], looked: 4, samples: [] },
  notices: [],
}

test('a preview says how much there is, and how large it will be', () => {
  expect(previewText(preview).replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ')).toBe(
    '2 traces · 3 spans · 1 log record, about 2 KiB',
  )
  expect(previewText({ ...preview, complete: false })).toMatch(/^More than 2.traces/)
  expect(countsText({ traces: 0, spans: 0, logs: 0, points: 0 })).toBe('Nothing')
})

test('what would be replaced is told of what was looked at', () => {
  expect(foundText(preview)).toMatch(/^2.values would be replaced in all 4.records\.$/)
  const more = { ...preview, counts: { ...counts, spans: 9_000 } }
  expect(foundText(more)).toMatch(/in the first 4.records\.$/)
  expect(foundText({ ...preview, redaction: { found: [], looked: 4, samples: [] } })).toMatch(
    /^Nothing secret was found/,
  )
})

test('the end says where it is and what was replaced', () => {
  const progress = { counts, share: 1, bytes: 2_048, redacted: 0, done: true, notices: [] }
  expect(doneText('a.csv', progress)).toMatch(/^a\.csv has 2.traces .* in 2.KiB; nothing was replaced\.$/)
})
