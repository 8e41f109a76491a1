/** The schema as its panel lists it. */

import { expect, it } from 'vitest'
import type { SqlTable } from '#shared/contract/sql.ts'
import { schemaRows } from './schema-rows.ts'

const column = (name: string, about: string, isJsonb = false) => ({ name, type: 'BLOB', about, isJsonb })
const tables: SqlTable[] = [
  { name: 'spans', kind: 'view', about: 'Spans as people read them', columns: [column('service', 'service.name')] },
  {
    name: 'span',
    kind: 'table',
    about: 'One row per span',
    columns: [column('attributes', 'JSONB object', true), column('twin', '0, or 1, 2, … for others')],
  },
]

it('has views before tables, and writes binary JSON so that it can be read', () => {
  const [views, others] = schemaRows(tables, '')
  expect(views?.tables.map(({ table }) => table.name)).toEqual(['spans'])
  expect(others?.tables[0]?.columns[0]).toMatchObject({ type: 'jsonb', written: 'json(attributes)' })
  expect(others?.tables[0]?.columns[0]?.meaning).toContain('json(attributes) reads it')
})

it('finds tables, columns and meanings', () => {
  const found = (search: string) => schemaRows(tables, search).flatMap((group) => group.tables)
  expect(found('SPANS').map(({ table }) => table.name)).toEqual(['spans'])
  expect(found('for others')).toMatchObject([{ table: { name: 'span' }, columns: [{ name: 'twin' }] }])
  expect(found('nothing like it')).toEqual([])
})
