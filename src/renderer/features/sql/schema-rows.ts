/** The schema as its panel lists it: views first, narrowed by a search over names and meanings. */

import type { SqlTable } from '#shared/contract/sql.ts'

export interface SchemaColumn {
  readonly name: string
  readonly type: string
  readonly meaning: string
  /** What a click writes: binary JSON is of use only when it is read. */
  readonly written: string
}

export interface SchemaTable {
  readonly table: SqlTable
  readonly columns: readonly SchemaColumn[]
}

export interface SchemaGroup {
  readonly heading: string
  readonly tables: readonly SchemaTable[]
}

export function schemaRows(tables: readonly SqlTable[], search: string): SchemaGroup[] {
  const wanted = search.trim().toLowerCase()
  const found = tables.flatMap((table): SchemaTable[] => {
    const columns = table.columns.map(schemaColumn)
    if (has(wanted, table.name, table.about)) return [{ table, columns }]
    const matching = columns.filter(({ name, meaning }) => has(wanted, name, meaning))
    return matching.length > 0 ? [{ table, columns: matching }] : []
  })
  return [
    { heading: 'Views, to read easily', tables: found.filter(({ table }) => table.kind === 'view') },
    { heading: 'Tables, faster on large files', tables: found.filter(({ table }) => table.kind === 'table') },
  ].filter((group) => group.tables.length > 0)
}

function has(wanted: string, ...texts: readonly string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(wanted))
}

function schemaColumn({ name, type, about, isJsonb }: SqlTable['columns'][number]): SchemaColumn {
  return {
    name,
    type: (isJsonb ? 'jsonb' : type.toLowerCase()) || 'any',
    meaning: isJsonb ? `${about}: json(${name}) reads it, ${name} ->> '$."key"' picks one` : about,
    written: isJsonb ? `json(${name})` : name,
  }
}
