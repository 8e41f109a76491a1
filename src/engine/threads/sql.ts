/** The process that runs statements of people: one at a time, and it may be killed at any moment. */

import { isMainThread, Worker, workerData } from 'node:worker_threads'
import type { ShellPort } from '../process-messages.ts'
import { runStatement } from '../sql/run-statement.ts'
import type { FromSql, SqlRequest, ToSql } from '../sql/sql-messages.ts'
import { sqlMemoryBytes, watchOwnProcess } from '../sql/watch-process.ts'
import { toFailure } from './failure.ts'

interface ParentPort {
  on(event: 'message', listener: (message: { readonly ports: readonly ShellPort[] }) => void): unknown
}

if (isMainThread) serve()
else watchOwnProcess(workerData as number)

function serve(): void {
  // A statement keeps this thread from everything else, so another one watches.
  const memoryBytes = Number(process.argv[2] ?? sqlMemoryBytes)
  new Worker(new URL(import.meta.url), { workerData: memoryBytes }).unref()
  const parent = (process as { readonly parentPort?: ParentPort }).parentPort
  if (parent === undefined) {
    const take = statementTaker((message) => void process.send?.(message))
    process.on('message', (message: ToSql) => take(message))
    process.on('disconnect', () => process.exit(0))
    // Ctrl+C reaches all processes of a terminal: who started this one says when it ends.
    process.on('SIGINT', () => undefined)
    process.on('SIGHUP', () => undefined)
    return
  }
  parent.on('message', ({ ports: [port] }) => {
    if (port === undefined) return
    const take = statementTaker((message) => port.postMessage(message))
    port.on('message', ({ data }) => take(data as ToSql))
    port.on('close', () => process.exit(0))
    port.start()
  })
}

/** Runs what it is told to; a page is made when it is asked for, so that little waits in between. */
function statementTaker(send: (message: FromSql) => void): (message: ToSql) => void {
  let events: ReturnType<typeof runStatement> | undefined
  const next = (): void => {
    try {
      for (let step = events?.next(); step?.done === false; step = events?.next()) {
        send({ type: 'event', event: step.value })
        if (step.value.type === 'rows') return
      }
    } catch (error) {
      send({ type: 'failed', failure: toFailure(error) })
    }
    events = undefined
  }
  const run = (request: SqlRequest): void => {
    events?.return()
    send({ type: 'started' })
    events = runStatement(request)
    next()
  }
  return (message) => (message.type === 'run' ? run(message.request) : next())
}
