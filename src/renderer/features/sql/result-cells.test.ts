/** Values as the table shows them. */

import { describe, expect, it } from 'vitest'
import type { SqlTable } from '#shared/contract/sql.ts'
import { exactText, kindOf, meaningOf, shownCell, wholeText } from './result-cells.ts'

const column = (name: string, table?: string, own = name) => ({
  name,
  origin: table === undefined ? null : { table, column: own },
})
const tables: SqlTable[] = [
  {
    name: 'span',
    kind: 'table',
    about: '',
    columns: [{ name: 'attributes', type: 'BLOB', about: 'JSONB object', isJsonb: true }],
  },
]

describe('what a column means', () => {
  it.each([
    [column('start_unix_nano', 'span'), 'instant'],
    [column('s', 'span', 'start_unix_nano'), 'instant'],
    [column('max_unix_nano'), 'instant'],
    [column('duration_ns', 'span'), 'duration'],
    [column('trace_id'), 'trace'],
    [column('t', 'span', 'trace_id'), 'trace'],
    [column('attributes', 'span'), 'jsonb'],
    [column('attributes'), 'plain'],
    [column('count(*)'), 'plain'],
  ])('knows %j', (one, meaning) => expect(meaningOf(one, tables)).toBe(meaning))
})

describe('a value', () => {
  it('tells NULL from an empty text, and both from the word', () => {
    expect(shownCell(null, 'plain')).toMatchObject({ text: 'NULL', look: 'null' })
    expect(shownCell('', 'plain')).toMatchObject({ text: '', look: 'text' })
    expect(shownCell('NULL', 'plain')).toMatchObject({ text: 'NULL', look: 'text' })
  })

  it('is readable, and exact on hover', () => {
    const instant = shownCell({ integer: '1700000000123456789' }, 'instant')
    expect(instant.text).toMatch(/:\d\d\.123$/)
    expect(instant.title).toMatch(/\.123456789 [+-]\d\d:\d\d\n1700000000123456789$/)
    expect(shownCell(1_240_000_000, 'duration')).toMatchObject({ text: '1.24 s', title: '1.24 s\n1240000000' })
    expect(shownCell({ real: '5.0' }, 'plain')).toMatchObject({ text: '5.0', look: 'number' })
    expect(shownCell('two\nlines', 'plain').title).toBe('two\nlines')
  })

  it('is JSON where the column holds binary JSON, which keeps integers and doubles apart', () => {
    // What SQLite makes of jsonb('{"a":5,"b":[5.0,null],"c":"x"}').
    const packed = { hex: 'cc101761133517625b35352e300017631778', bytes: 18 }
    expect(shownCell(packed, 'jsonb')).toMatchObject({ text: '{"a":5,"b":[5.0,null],"c":"x"}', look: 'text' })
    expect(exactText(packed, 'jsonb')).toBe('{"a":5,"b":[5.0,null],"c":"x"}')
    expect(shownCell(packed, 'plain')).toMatchObject({ text: packed.hex, look: 'blob' })
    expect(shownCell({ hex: 'ff', bytes: 1 }, 'jsonb')).toMatchObject({ text: 'ff', look: 'blob' })
  })

  it('opens the trace it names, as text and as BLOB', () => {
    const id = '0af7651916cd43dd8448eb211c80319c'
    expect(shownCell(id, 'trace').traceId).toBe(id)
    expect(shownCell({ hex: id, bytes: 16 }, 'trace').traceId).toBe(id)
    expect(shownCell('0'.repeat(32), 'trace').traceId).toBeUndefined()
    expect(shownCell('not an id', 'trace').traceId).toBeUndefined()
    expect(shownCell(id, 'plain').traceId).toBeUndefined()
  })

  it('is written out in full, JSON in lines', () => {
    expect(wholeText('{"a":[1]}', 'plain')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(wholeText('[not json', 'plain')).toBe('[not json')
    expect(wholeText(null, 'plain')).toBe('NULL')
    expect(kindOf({ hex: 'ff', bytes: 10 })).toBe('BLOB of 10 bytes, only its beginning is here')
    expect(kindOf({ text: 'x', characters: 9 })).toContain('text of 9 characters')
  })
})
