/** Records grouped into the nesting of OTLP: resources, in them scopes, in them records. */

import type { Placed, ResourceData, ScopeData } from '#shared/model/telemetry-data.ts'

export interface ScopeGroup<Record> {
  readonly scope: ScopeData
  readonly records: Record[]
}

export interface ResourceGroup<Record> {
  readonly resource: ResourceData
  readonly scopes: ScopeGroup<Record>[]
}

/** In the order in which resources and scopes come first. */
export function groupByPlace<Record extends Placed>(records: readonly Record[]): ResourceGroup<Record>[] {
  const resources = new Map<ResourceData, Map<ScopeData, Record[]>>()
  for (const record of records) {
    let scopes = resources.get(record.resource)
    if (!scopes) {
      scopes = new Map()
      resources.set(record.resource, scopes)
    }
    const group = scopes.get(record.scope)
    if (group) group.push(record)
    else scopes.set(record.scope, [record])
  }
  return [...resources].map(([resource, scopes]) => ({
    resource,
    scopes: [...scopes].map(([scope, grouped]) => ({ scope, records: grouped })),
  }))
}
