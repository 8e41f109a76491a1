/** Ends what a lab that died left open on the time charts: over the wire, as it would have done itself. */

import type { LabAnnotation } from '#shared/contract/loadlab-status.ts'

const sendLimitMs = 5_000

/** `origin` is the receiver's. What can't be sent stays open, as any sender's would that is cut off. */
export async function endLostAnnotations(
  annotations: readonly LabAnnotation[],
  origin: string,
  endUnixNano: bigint,
): Promise<void> {
  const open = annotations.filter((annotation) => annotation.endUnixNano === null)
  if (open.length === 0) return
  const resourceLogs = open.map(({ kind, text, service, startUnixNano }) => ({
    resource: { attributes: [attribute('service.name', service)] },
    scopeLogs: [
      {
        logRecords: [
          {
            eventName: 'spanlight.annotation',
            timeUnixNano: startUnixNano,
            severityNumber: 9,
            severityText: 'INFO',
            body: { stringValue: text },
            attributes: [
              attribute('spanlight.annotation.kind', kind),
              attribute('spanlight.annotation.text', text),
              attribute('spanlight.annotation.end_unix_nano', endUnixNano.toString()),
            ],
          },
        ],
      },
    ],
  }))
  await fetch(`${origin}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs }),
    signal: AbortSignal.timeout(sendLimitMs),
  }).catch(() => undefined)
}

function attribute(key: string, value: string): { key: string; value: { stringValue: string } } {
  return { key, value: { stringValue: value } }
}
