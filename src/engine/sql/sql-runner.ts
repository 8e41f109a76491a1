/** Runs statements in processes of their own, which are killed when a statement is cancelled or takes too long. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { type SqlEvent, sqlLimits } from '#shared/contract/sql.ts'
import { fromFailure } from '../threads/failure.ts'
import type { FromSql, SqlRequest } from './sql-messages.ts'
import type { SqlProcess, StartSqlProcess } from './sql-process.ts'
import { sqlMemoryBytes } from './watch-process.ts'

/** A process starts in about 100 ms, so the last one is kept for the next statement. */
const idleMs = 60_000
/** Longer than a process takes to start on a busy machine. */
const startMs = 20_000

export interface RunOptions {
  /** Of the statement's own work: while nobody takes its rows it isn't counted. */
  readonly timeLimitMs: number
  readonly signal?: AbortSignal | undefined
}

type SqlNews = Exclude<FromSql, { type: 'started' }>

/** A process and what is done with its news. */
class Runner {
  readonly process: SqlProcess
  onMessage: (message: FromSql) => void = () => undefined
  onExit: (how: string) => void = () => undefined
  hasExited = false

  constructor(start: StartSqlProcess) {
    this.process = start({
      message: (message) => this.onMessage(message),
      exited: (how) => {
        this.hasExited = true
        this.onExit(how)
      },
    })
  }
}

export class SqlRunner {
  readonly #start: StartSqlProcess
  readonly #all = new Set<Runner>()
  #idle: Runner | undefined
  #idleTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(start: StartSqlProcess) {
    this.#start = start
  }

  /** Starts a process now, so that the next statement needn't wait for it. */
  warm(): void {
    if (this.#idle === undefined && this.#all.size === 0 && !this.#isClosed) this.#keep(this.#launch())
  }

  /**
   * The statement's columns, rows and end. Whoever stops asking, or aborts `signal`, kills it. Throws `SpanlightError`: BAD_QUERY,
   * TOO_LARGE for time and memory, CANCELLED, BUSY, and what keeps the database from being read.
   */
  async *run(request: SqlRequest, { timeLimitMs, signal }: RunOptions): AsyncGenerator<SqlEvent, void> {
    if (signal?.aborted || this.#isClosed) throw cancelled()
    if (this.#all.size - (this.#idle === undefined ? 0 : 1) >= sqlLimits.running) {
      throw new SpanlightError('BUSY', `${sqlLimits.running} statements run already. Wait for one, or cancel it.`)
    }
    let runner = this.#take()
    let isFirst = true
    const inbox: (SqlNews | Error)[] = []
    let wake: (() => void) | undefined
    let timer: NodeJS.Timeout | undefined
    let leftMs = timeLimitMs
    const note = (news: SqlNews | Error): void => {
      inbox.push(news)
      wake?.()
    }
    let startedMs = 0
    /** The statement works on until its next page, or for the time that is left. */
    const giveTime = (extraMs = 0): void => {
      clearTimeout(timer)
      startedMs = performance.now()
      timer = setTimeout(() => note(tooSlow(timeLimitMs)), leftMs + extraMs)
    }
    const hear = (message: FromSql): void => {
      if (message.type === 'started') {
        isFirst = false
        giveTime()
        return
      }
      if (message.type === 'failed' || message.event.type !== 'columns') {
        clearTimeout(timer)
        leftMs = Math.max(1, leftMs - (performance.now() - startedMs))
      }
      note(message)
    }
    const begin = (): void => {
      runner.onMessage = hear
      runner.onExit = (how) => {
        if (this.#isClosed || !isFirst) return note(this.#isClosed ? cancelled() : died(how))
        // It was kept from an earlier statement and died unasked: this one never began.
        isFirst = false
        this.#forget(runner)
        runner = this.#launch()
        begin()
      }
      giveTime(startMs)
      runner.process.send({ type: 'run', request })
    }
    const abort = (): void => note(cancelled())
    signal?.addEventListener('abort', abort, { once: true })
    let isDone = false
    try {
      begin()
      while (!isDone) {
        const news = inbox.shift()
        if (news === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else if (news instanceof Error) throw news
        else if (news.type === 'failed') {
          isDone = true
          throw fromFailure(news.failure)
        } else {
          isDone = news.event.type === 'end'
          yield news.event
          if (news.event.type !== 'rows') continue
          giveTime()
          runner.process.send({ type: 'more' })
        }
      }
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      if (isDone && !runner.hasExited) this.#keep(runner)
      else this.#end(runner)
    }
  }

  /** Ends everything that runs. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#idleTimer)
    for (const runner of this.#all) runner.process.kill()
    this.#all.clear()
    this.#idle = undefined
  }

  #launch(): Runner {
    const runner = new Runner(this.#start)
    this.#all.add(runner)
    return runner
  }

  #take(): Runner {
    const idle = this.#idle
    this.#idle = undefined
    clearTimeout(this.#idleTimer)
    return idle ?? this.#launch()
  }

  #keep(runner: Runner): void {
    if (this.#idle !== undefined || this.#isClosed) {
      this.#end(runner)
      return
    }
    this.#idle = runner
    runner.onMessage = () => undefined
    runner.onExit = () => this.#forget(runner)
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => this.#end(runner), idleMs).unref()
  }

  #end(runner: Runner): void {
    runner.process.kill()
    this.#forget(runner)
  }

  #forget(runner: Runner): void {
    if (this.#idle === runner) this.#idle = undefined
    this.#all.delete(runner)
  }
}

function cancelled(): SpanlightError {
  return new SpanlightError('CANCELLED', 'The statement was stopped.')
}

function tooSlow(limitMs: number): SpanlightError {
  return new SpanlightError(
    'TOO_LARGE',
    `The statement took longer than ${limitMs / 1_000} s and was stopped. Let it read less (a WHERE on an indexed column, the ` +
      'tables in place of the views), or allow it more time.',
  )
}

function died(how: string): SpanlightError {
  return new SpanlightError(
    'TOO_LARGE',
    `The process of the statement ended by itself (${how}), most likely because it needed more than ` +
      `${sqlMemoryBytes / 1024 ** 2} MiB of memory. Nothing else is affected. Let it sort, group or return less.`,
  )
}
