/** OTLP requests taken apart into records with their resource and scope: equal sets however they were grouped. */

import { canonicalOtlp } from './canonical-otlp.ts'

type Json = Readonly<Record<string, unknown>>

const signals = [
  { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
  { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
]

/** Each record alone in a request of its own, as canonical text, sorted. A metric counts as one record per point. */
export function recordsOf(...requests: readonly unknown[]): string[] {
  const records: string[] = []
  for (const request of requests) {
    for (const names of signals) {
      for (const { [names.scopes]: scopes, ...resource } of list(request, names.resources)) {
        for (const { [names.records]: grouped, ...scope } of list({ scopes }, 'scopes')) {
          for (const record of list({ grouped }, 'grouped').flatMap(pointsApart)) {
            const alone = {
              [names.resources]: [{ ...resource, [names.scopes]: [{ ...scope, [names.records]: [record] }] }],
            }
            records.push(JSON.stringify(canonicalOtlp(alone)))
          }
        }
      }
    }
  }
  return records.sort()
}

function list(object: unknown, field: string): Json[] {
  return ((object as Json)[field] ?? []) as Json[]
}

function pointsApart(record: Json): Json[] {
  for (const [field, value] of Object.entries(record)) {
    const data = value as Json | null
    if (typeof data === 'object' && data !== null && 'dataPoints' in data)
      return (data.dataPoints as unknown[]).map((point) => ({ ...record, [field]: { ...data, dataPoints: [point] } }))
  }
  return [record]
}
