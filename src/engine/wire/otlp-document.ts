/** OTLP/JSON documents of all signals: what files hold, and what decoders of other formats make. */

import type { JsonObject } from './json-fields.ts'

/** Lists as in `TracesData`, `LogsData` and `MetricsData`. */
export interface OtlpDocument {
  readonly resourceSpans?: readonly unknown[]
  readonly resourceLogs?: readonly unknown[]
  readonly resourceMetrics?: readonly unknown[]
}

const lists = ['resourceSpans', 'resourceLogs', 'resourceMetrics'] as const

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isOtlpDocument(value: unknown): boolean {
  return isJsonObject(value) && lists.some((list) => value[list] !== undefined && value[list] !== null)
}

/** Several documents as one. A list that isn't one is kept to be refused by whoever decodes it. */
export function joinOtlp(documents: readonly unknown[]): OtlpDocument {
  const joined: Record<string, unknown[]> = {}
  for (const document of documents) {
    if (!isJsonObject(document)) continue
    for (const list of lists) {
      const items = document[list]
      if (items === undefined || items === null) continue
      joined[list] ??= []
      if (Array.isArray(items)) for (const item of items) joined[list].push(item)
      else joined[list].push(items)
    }
  }
  return joined
}
