/** Standard output for what is passed on unchanged, and the ways a command in a pipe is told to stop. */

import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export class PassOn {
  #isClosed = false
  #onClosed: (exitCode: number) => void = () => undefined
  #onDrained: () => void = () => undefined

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      this.#isClosed = true
      this.#onDrained()
      // As a command ends that the system told so; Node takes no notice of the signal.
      this.#onClosed(error.code === 'EPIPE' ? exitCodeOf('SIGPIPE') : 1)
    })
  }

  /** Resolves when there is room for more, or nobody reads any more. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#isClosed || process.stdout.write(bytes)) return
    await new Promise<void>((resolve) => {
      this.#onDrained = resolve
      process.stdout.once('drain', resolve)
    })
  }

  /** Nobody reads any more. */
  onceClosed(listener: (exitCode: number) => void): void {
    this.#onClosed = listener
  }
}

/** As shells tell that a signal ended a command. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}

/** Ctrl+C, an end that was asked for, a terminal that was closed: nothing half may stay behind after any of them. */
export function onStopSignal(listener: (signal: NodeJS.Signals) => void): void {
  for (const signal of signals) process.on(signal, () => listener(signal))
  // The wrapper vanished.
  process.on('disconnect', () => listener('SIGHUP'))
}
