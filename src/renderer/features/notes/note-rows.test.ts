import { describe, expect, it } from 'vitest'
import type { Note } from '#shared/contract/notes.ts'
import { noteRows } from './note-rows.ts'

const base: Note = {
  id: 1,
  traceId: null,
  spanId: null,
  atUnixNano: '1795348300000000000',
  endUnixNano: null,
  about: '',
  text: 'x',
  createdUnixNano: '0',
  changedUnixNano: '0',
  stored: true,
}
const trace = { ...base, traceId: 'a'.repeat(32), about: 'shop: GET /' }
const today = new Date(1_795_348_300_000)

describe('noteRows', () => {
  it('lead to the trace, the span, the time around, or say that the trace is gone', () => {
    const notes = [trace, { ...trace, spanId: 'b'.repeat(16) }, base, { ...trace, stored: false }]
    expect(noteRows(notes, today)).toMatchObject([
      { kind: 'Trace', about: 'shop: GET /', place: { to: 'trace', spanId: undefined } },
      { kind: 'Span', place: { to: 'trace', spanId: 'b'.repeat(16) } },
      { kind: 'Time', place: { to: 'time', start: '1795348150000000000', end: '1795348450000000000' } },
      { kind: 'Trace', place: { to: 'gone' } },
    ])
  })

  it('tell a range from its start to its end, and never begin before time did', () => {
    const [row] = noteRows([{ ...base, atUnixNano: '5', endUnixNano: '60000000000' }], today)
    expect(row?.about).toMatch(/ to /)
    expect(row?.place).toEqual({ to: 'time', start: '0', end: '210000000000' })
  })
})
