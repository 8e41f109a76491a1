/** Files that are followed: each new line is printed and becomes a record of the service its file is named after. */

import { basename, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import { FollowedFile } from '../engine/tail/followed-file.ts'
import { LineSplitter } from '../engine/tail/split-lines.ts'
import type { Tail } from '../engine/tail/tail.ts'
import { exitCodeOf, onStopSignal, PassOn } from './pass-on.ts'

/** Watching is not to be had everywhere (network drives, containers); looking costs two calls. */
const lookMs = 150

interface Options {
  readonly service?: string | undefined
  readonly fromStart?: boolean | undefined
}

/** Follows until it is told to stop; answers the exit code. Throws `SpanlightError` for a file that can't be read. */
export async function tailFiles(tail: Tail, paths: readonly string[], options: Options): Promise<number> {
  const output = new PassOn()
  const stopped = Promise.withResolvers<number>()
  const stopping = new AbortController()
  const stop = (code: number): void => {
    stopping.abort()
    stopped.resolve(code)
  }
  output.onceClosed(stop)
  // Ctrl+C is how following ends.
  onStopSignal((signal) => stop(signal === 'SIGINT' ? 0 : exitCodeOf(signal)))
  const files: { path: string; file: FollowedFile; lines: LineSplitter }[] = []
  for (const path of new Set(paths.map((each) => resolve(each)))) {
    const lines = new LineSplitter(
      tail.source({
        service: options.service,
        fallbackService: basename(path).replace(/(?:\.(?:log|json|jsonl|txt|out|err))+$/i, '') || undefined,
        attributes: { 'log.file.name': basename(path), 'log.file.path': path },
      }),
    )
    const file = await FollowedFile.open(path, {
      fromStart: options.fromStart ?? false,
      signal: stopping.signal,
      onBreak: () => endLine(lines),
      onBytes: async (bytes) => {
        lines.push(bytes)
        // Whoever reads the output may have stopped to.
        await Promise.race([output.write(bytes), stopped.promise])
        await tail.room()
      },
    }).catch((error: Error) => unreadable(path, error))
    files.push({ path, file, lines })
  }
  while (!stopping.signal.aborted) {
    for (const { path, file } of files) await file.poll().catch((error: Error) => unreadable(path, error))
    await Promise.race([stopped.promise, delay(lookMs)])
  }
  for (const { file, lines } of files) {
    await file.close()
    endLine(lines)
  }
  return stopped.promise
}

function unreadable(path: string, { message }: Error): never {
  throw new SpanlightError('BAD_INPUT', `${path} can't be read: ${message}`)
}

function endLine(lines: LineSplitter): void {
  if (lines.isMidLine) lines.end()
}
