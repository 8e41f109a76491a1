/** The logs of a trace in an exported file, oldest first. */

import { type LogLine, lineTags, type OtlpJson, type ResourceLine } from '#shared/contract/html-export.ts'
import type { Log } from '#shared/contract/logs.ts'
import { linesOf } from './blocks.ts'
import { type OtlpKeyValue, type OtlpValue, plainPairs, plainValue } from './otlp-values.ts'

interface OtlpLog extends OtlpJson {
  readonly severityNumber?: number
  readonly severityText?: string
  readonly body?: OtlpValue
  readonly attributes?: readonly OtlpKeyValue[]
  readonly traceId?: string
  readonly spanId?: string
  readonly eventName?: string
}

export function embeddedLogs(text: string): readonly Log[] {
  const logs: Log[] = []
  let service = ''
  for (const [tag, json] of linesOf(text)) {
    if (tag === lineTags.resource) service = (JSON.parse(json) as ResourceLine).service
    else if (tag === lineTags.log) logs.push(logOf(JSON.parse(json) as LogLine, { id: logs.length, service }))
  }
  return logs.sort((a, b) => {
    const difference = BigInt(a.timeUnixNano) - BigInt(b.timeUnixNano)
    return difference === 0n ? a.id - b.id : difference < 0n ? -1 : 1
  })
}

function logOf({ log, at }: LogLine, { id, service }: { readonly id: number; readonly service: string }): Log {
  const otlp: OtlpLog = log
  return {
    id,
    timeUnixNano: at,
    severityNumber: otlp.severityNumber ?? 0,
    severityText: otlp.severityText ?? '',
    body: plainValue(otlp.body),
    serviceName: service,
    traceId: otlp.traceId ?? null,
    spanId: otlp.spanId ?? null,
    eventName: otlp.eventName ?? '',
    attributes: plainPairs(otlp.attributes),
  }
}
