/** Everything about one log record. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { LogDetails } from '#shared/contract/logs.ts'
import { plainAttributes, unpackAttributes } from '#shared/model/jsonb.ts'
import type { QueryContext } from './context.ts'
import { type LogRow, logColumns, toLog } from './logs.ts'

interface DetailsRow extends LogRow {
  readonly observed_time_unix_nano: bigint
  readonly flags: bigint
  readonly dropped_attributes_count: bigint
  readonly resource_attributes: Buffer
  readonly scope_name: string
  readonly scope_version: string
  readonly scope_attributes: Buffer
}

/** Throws NOT_FOUND. */
export function logDetails({ db }: QueryContext, { id }: { id: number }): LogDetails {
  const row = db
    .prepare(
      `SELECT ${logColumns}, log_record.observed_time_unix_nano, log_record.flags, log_record.dropped_attributes_count,
              resource.attributes AS resource_attributes, scope.name AS scope_name, scope.version AS scope_version,
              scope.attributes AS scope_attributes
         FROM log_record
         JOIN service ON service.id = log_record.service_id
         JOIN resource ON resource.id = log_record.resource_id
         JOIN scope ON scope.id = log_record.scope_id
        WHERE log_record.id = ?`,
    )
    .get(BigInt(id)) as DetailsRow | undefined
  if (!row) throw new SpanlightError('NOT_FOUND', 'This log record is not stored here any more.')
  return {
    ...toLog(row),
    observedTimeUnixNano: row.observed_time_unix_nano.toString(),
    flags: Number(row.flags),
    droppedAttributesCount: Number(row.dropped_attributes_count),
    resource: plainAttributes(unpackAttributes(row.resource_attributes)),
    scope: {
      name: row.scope_name,
      version: row.scope_version,
      attributes: plainAttributes(unpackAttributes(row.scope_attributes)),
    },
  }
}
