/** The services that sent something, and the names of their operations. */

import type { Service } from '#shared/contract/services.ts'
import type { QueryContext } from './context.ts'

const maxOperations = 1000

interface ServiceRow {
  readonly name: string
  readonly span_count: bigint
  readonly error_count: bigint
  readonly last_seen_unix_nano: bigint
}

export function listServices({ db }: QueryContext, _input: undefined): { services: Service[] } {
  const rows = db
    .prepare(
      'SELECT name, span_count, error_count, last_seen_unix_nano FROM service WHERE span_count + log_count + point_count > 0 ORDER BY name',
    )
    .all() as ServiceRow[]
  return {
    services: rows.map((row) => ({
      name: row.name,
      spanCount: Number(row.span_count),
      errorCount: Number(row.error_count),
      lastSeenUnixNano: row.last_seen_unix_nano.toString(),
    })),
  }
}

/** At most 1000 names, sorted; `contains` narrows them, case-insensitive. */
export function listOperations(
  { db }: QueryContext,
  input: { service?: string | undefined; contains?: string | undefined },
): { operations: string[] } {
  const operations = db
    .prepare(
      `SELECT DISTINCT operation.name FROM operation JOIN service ON service.id = service_id
        WHERE (@service IS NULL OR service.name = @service)
          AND (@contains IS NULL OR instr(lower(operation.name), lower(@contains)) > 0)
        ORDER BY operation.name LIMIT @limit`,
    )
    .pluck()
    .all({ service: input.service ?? null, contains: input.contains ?? null, limit: maxOperations }) as string[]
  return { operations }
}
