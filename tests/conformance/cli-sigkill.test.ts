/** Acknowledged means committed: SIGKILL in the middle of the work loses nothing that was acknowledged. */

import { Client, credentials } from '@grpc/grpc-js'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { CliSandbox, type Ready } from '../support/cli-process.ts'
import { call } from '../support/http-client.ts'
import { encodeRequest, LogsRequest, TraceRequest } from '../support/oracle.ts'
import { logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'

const acknowledgedBeforeKill = 400
const spansPerRequest = 20

interface Sender {
  readonly signal: 'traces' | 'logs'
  /** Resolves when it was acknowledged. */
  send(request: number): Promise<void>
}

const tracesRequest = (sender: number, request: number): unknown =>
  tracesOf(
    `service-${sender}`,
    Array.from({ length: spansPerRequest }, (_, index) => ({ trace: sender * 1_000_000 + request, id: index + 1 })),
  )
const logsRequest = (sender: number, request: number): unknown =>
  logsOf(`service-${sender}`, [{ body: `${sender}/${request}` }])

function sendersOf({ otlpHttp, otlpGrpc }: Ready, grpc: Client): Sender[] {
  const http = async (path: string, type: string, body: Uint8Array | string): Promise<void> => {
    const { status } = await call(otlpHttp + path, { method: 'POST', headers: { 'content-type': type }, body })
    if (status !== 200) throw new Error(`answered ${status} at ${otlpGrpc}`)
  }
  const unary = (path: string, body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const same = (bytes: Buffer): Buffer => bytes
      grpc.makeUnaryRequest(path, same, same, body, (error) => (error ? reject(error) : resolve()))
    })
  return [
    {
      signal: 'traces',
      send: (request) => http('/v1/traces', 'application/json', JSON.stringify(tracesRequest(1, request))),
    },
    {
      signal: 'traces',
      send: (request) =>
        unary(
          '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
          encodeRequest(TraceRequest, tracesRequest(2, request)),
        ),
    },
    {
      signal: 'logs',
      send: (request) =>
        http('/v1/logs', 'application/x-protobuf', encodeRequest(LogsRequest, logsRequest(3, request))),
    },
    {
      signal: 'logs',
      send: (request) =>
        unary(
          '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
          encodeRequest(LogsRequest, logsRequest(4, request)),
        ),
    },
  ]
}

const clientOf = ({ otlpGrpc }: Ready): Client => new Client(new URL(otlpGrpc).host, credentials.createInsecure())

it('keeps everything acknowledged, once each, and goes on', async () => {
  await using sandbox = new CliSandbox()
  const first = await sandbox.serve()
  const grpc = clientOf(first.ready)
  const acknowledged: [sender: number, request: number][] = []
  const lastTried = [0, 0, 0, 0]
  const working = sendersOf(first.ready, grpc).map(async (sender, index) => {
    for (let request = 1; ; request++) {
      lastTried[index] = request
      await sender.send(request)
      acknowledged.push([index, request])
      if (acknowledged.length === acknowledgedBeforeKill) first.process.child.kill('SIGKILL')
    }
  })
  const ends = await Promise.allSettled(working)
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  expect(await first.process.ended).toEqual({ code: null, signal: 'SIGKILL' })
  grpc.close()
  expect(acknowledged.length).toBeGreaterThanOrEqual(acknowledgedBeforeKill)

  // The next start opens the same file; senders that got no answer send the very same bytes again.
  const second = await sandbox.serve()
  const retrying = clientOf(second.ready)
  await Promise.all(sendersOf(second.ready, retrying).map((sender, index) => sender.send(lastTried[index] ?? 0)))
  retrying.close()
  second.process.child.kill('SIGTERM')
  expect(await second.process.ended).toEqual({ code: 0, signal: null })

  const db = new Sqlite(sandbox.db, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const spans = db
    .prepare("SELECT lower(hex(trace_id)) || '/' || lower(hex(span_id)) AS span, count(*) AS n FROM span GROUP BY 1")
    .all() as { span: string; n: number }[]
  const logs = db.prepare("SELECT body ->> '$' AS body, count(*) AS n FROM log_record GROUP BY 1").all() as {
    body: string
    n: number
  }[]
  const tallies = Object.fromEntries(db.prepare('SELECT name, value FROM tally').raw().all() as [string, number][])
  const orphans = db.prepare('SELECT count(*) FROM trace WHERE span_count != ?').pluck().get(spansPerRequest)
  db.close()

  expect(spans.filter(({ n }) => n !== 1)).toEqual([])
  expect(logs.filter(({ n }) => n !== 1)).toEqual([])
  expect(orphans).toBe(0)
  expect(tallies).toMatchObject({ spans: spans.length, traces: spans.length / spansPerRequest, logs: logs.length })
  const storedSpans = new Set(spans.map(({ span }) => span))
  const storedLogs = new Set(logs.map(({ body }) => body))
  const all = [...acknowledged, ...lastTried.map((request, index): [number, number] => [index, request])]
  const missing = all.filter(([index, request]) => {
    if (index > 1) return !storedLogs.has(`${index + 1}/${request}`)
    const trace = traceIdOf((index + 1) * 1_000_000 + request)
    return Array.from({ length: spansPerRequest }, (_, n) => n + 1).some(
      (id) => !storedSpans.has(`${trace}/${spanIdOf(id)}`),
    )
  })
  expect(missing).toEqual([])
})
