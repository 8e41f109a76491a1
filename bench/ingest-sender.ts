/** The sending process of the ingest benchmark: keeps a few requests in flight and measures each answer. */

import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import type { Signal } from '../src/shared/model/batch.ts'
import { PayloadSource, recordsPerBatch } from './ingest-payload.ts'

/** What the parent asks for, as JSON in the first argument. */
export interface SendOrder {
  readonly signal: Signal
  /** Address of the gRPC receiver. */
  readonly target: string
  readonly seconds: number
  readonly inFlight: number
  /** Records a second at most; as fast as answers come when absent. */
  readonly rate?: number
}

export interface SendResult {
  /** Records whose request was answered with success. */
  readonly acknowledged: number
  readonly refusedRequests: number
  /** Why, of the last one. */
  readonly refusal: string | undefined
  /** From the first request to the last answer. */
  readonly seconds: number
  /** Of every answer, ascending. */
  readonly answerMs: readonly number[]
  readonly cpuSeconds: number
  readonly bytesPerRecord: number
}

const services: Readonly<Record<Signal, string>> = {
  traces: 'trace.v1.TraceService',
  logs: 'logs.v1.LogsService',
  metrics: 'metrics.v1.MetricsService',
}

async function send({ signal, target, seconds, inFlight, rate }: SendOrder): Promise<SendResult> {
  const client = new Client(target, credentials.createInsecure())
  const path = `/opentelemetry.proto.collector.${services[signal]}/Export`
  const identity = (bytes: Buffer): Buffer => bytes
  const request = (bytes: Buffer): Promise<ServiceError | null> =>
    new Promise((resolve) => client.makeUnaryRequest(path, identity, identity, bytes, (error) => resolve(error)))

  const payloads = new PayloadSource(signal)
  const answerMs: number[] = []
  let acknowledged = 0
  let refusedRequests = 0
  let refusal: string | undefined
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  let turns = 0
  const turn = async (since: number, perSecond: number): Promise<void> => {
    const due = since + ((turns++ * recordsPerBatch) / perSecond) * 1000
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
  }
  const lane = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      if (rate !== undefined) await turn(started, rate)
      const bytes = payloads.next()
      const sent = performance.now()
      const error = await request(bytes)
      answerMs.push(performance.now() - sent)
      if (error) {
        refusedRequests++
        refusal = error.message
      } else acknowledged += recordsPerBatch
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const elapsed = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  client.close()
  return {
    acknowledged,
    refusedRequests,
    refusal,
    seconds: elapsed,
    answerMs: answerMs.sort((left, right) => left - right),
    cpuSeconds: (user + system) / 1e6,
    bytesPerRecord: payloads.bytesPerRecord,
  }
}

// A benchmark that is stopped must not leave its senders running.
process.on('disconnect', () => process.exit())
const order = JSON.parse(process.argv[2] ?? '{}') as SendOrder
process.send?.(await send(order), () => process.disconnect())
