/** Standard input to standard output, byte for byte, with a copy of each line for the store. */

import { LineSplitter } from '../engine/tail/split-lines.ts'
import type { Tail } from '../engine/tail/tail.ts'
import { exitCodeOf, onStopSignal, PassOn } from './pass-on.ts'

/** The wrapper passes on what the terminal sent to both: it is one press of Ctrl+C. */
const samePressMs = 1_000

/** Resolves with the exit code when the input ends, when nobody reads the output any more, or on a signal. */
export function tailPipe(tail: Tail, { service }: { readonly service?: string | undefined }): Promise<number> {
  const lines = new LineSplitter(tail.source({ service }))
  const output = new PassOn()
  const { promise, resolve } = Promise.withResolvers<number>()
  const input = process.stdin
  const stop = (code: number): void => {
    // Whoever still writes hears of it, as from any command that ended.
    input.destroy()
    resolve(code)
  }
  let firstPressMs: number | undefined
  const read = async (): Promise<void> => {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      lines.push(chunk)
      await output.write(chunk)
      await tail.room()
    }
    resolve(0)
  }
  // Destroyed by `stop`, or broken: either way there is no more to read.
  read().catch(() => resolve(1))
  output.onceClosed(stop)
  onStopSignal((signal) => {
    // Ctrl+C goes to the whole pipeline: what the program says while it ends is read as well. The second press is for us.
    firstPressMs ??= performance.now()
    if (signal === 'SIGINT' && performance.now() - firstPressMs < samePressMs) return
    stop(exitCodeOf(signal))
  })
  return promise.finally(() => {
    if (lines.isMidLine) lines.end()
  })
}
