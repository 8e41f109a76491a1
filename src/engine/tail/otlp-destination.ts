/** Records go to an OTLP/HTTP receiver: a Spanlight that runs, or any other. */

import type { Delivery, Destination } from './destination.ts'

const sendLimitMs = 10_000
/** Whoever is on this machine answers at once. */
const probeLimitMs = 1_000
const retryMs = 500
const busyStatuses = new Set([408, 429, 502, 503, 504])

export function otlpDestination(endpoint: string): Destination {
  return { send: (request) => deliver(endpoint, request) }
}

/** Whether logs can be sent there. */
export async function takesLogs(endpoint: string): Promise<boolean> {
  try {
    const response = await post(endpoint, Buffer.from('{"resourceLogs":[]}'), probeLimitMs)
    await response.arrayBuffer()
    return response.ok || busyStatuses.has(response.status)
  } catch {
    return false
  }
}

async function deliver(endpoint: string, request: Buffer): Promise<Delivery> {
  try {
    const response = await post(endpoint, request, sendLimitMs)
    const text = await response.text()
    if (response.ok) return partly(text)
    const reason = `${endpoint} answers ${response.status}${text === '' ? '' : `: ${text.slice(0, 200)}`}`
    if (!busyStatuses.has(response.status)) return { kind: 'refused', reason, records: 'all' }
    const seconds = Number(response.headers.get('retry-after'))
    return { kind: 'later', reason, afterMs: seconds > 0 ? seconds * 1000 : retryMs }
  } catch (error) {
    return { kind: 'later', reason: `nothing answers at ${endpoint} (${reasonOf(error)})`, afterMs: retryMs }
  }
}

function post(endpoint: string, body: Buffer, limitMs: number): Promise<Response> {
  return fetch(`${endpoint.replace(/\/+$/, '')}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(limitMs),
  })
}

/** OTLP specification, "Partial Success". */
function partly(text: string): Delivery {
  try {
    const { partialSuccess } = JSON.parse(text) as {
      partialSuccess?: { rejectedLogRecords?: number | string; errorMessage?: string }
    }
    const records = Number(partialSuccess?.rejectedLogRecords ?? 0)
    return records > 0 ? { kind: 'refused', reason: partialSuccess?.errorMessage ?? '', records } : { kind: 'stored' }
  } catch {
    return { kind: 'stored' }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
