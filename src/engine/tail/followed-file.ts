/** Follows one file as `tail -F` does: what is appended, what a truncated file begins with, what takes a rotated file's place. */

import { type FileHandle, open, stat } from 'node:fs/promises'

const chunkBytes = 64 * 1024

export interface FollowOptions {
  /** From its first byte; else only what is written from now on. */
  readonly fromStart: boolean
  /** Ends the reading of a large file in its middle. */
  readonly signal: AbortSignal
  /** Resolves when there is room for more. */
  onBytes(bytes: Buffer): Promise<void>
  /** Nothing will be added to the line so far: another file follows. */
  onBreak(): void
}

export class FollowedFile {
  readonly #path: string
  readonly #options: FollowOptions
  #file: FileHandle | undefined
  #position = 0
  #inode = 0n

  private constructor(path: string, options: FollowOptions) {
    this.#path = path
    this.#options = options
  }

  /** Throws what the file system throws when the file can't be read, and an error that says what else it is. */
  static async open(path: string, options: FollowOptions): Promise<FollowedFile> {
    // Before it is opened: a pipe would wait for somebody who writes.
    const stats = await stat(path)
    if (stats.isDirectory()) throw new Error('it is a directory. Name the files in it')
    if (!stats.isFile()) throw new Error('it is no file. Pass it on to standard input: spanlight tail < FILE')
    const followed = new FollowedFile(path, options)
    await followed.#open()
    if (!options.fromStart) followed.#position = (await followed.#file?.stat())?.size ?? 0
    return followed
  }

  /** Reads what there is by now. A file that is away for a while is waited for. */
  async poll(): Promise<void> {
    await this.#drain()
    const there = await stat(this.#path, { bigint: true }).catch(() => undefined)
    if (there === undefined || !there.isFile() || (there.ino === this.#inode && this.#file)) return
    // What was written to the old one between the last look and its end.
    await this.#drain()
    this.#options.onBreak()
    await this.close()
    await this.#open().catch(() => undefined)
    await this.#drain()
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async #open(): Promise<void> {
    const file = await open(this.#path, 'r')
    this.#file = file
    this.#position = 0
    this.#inode = (await file.stat({ bigint: true })).ino
  }

  async #drain(): Promise<void> {
    const file = this.#file
    if (!file) return
    if ((await file.stat()).size < this.#position) {
      this.#options.onBreak()
      this.#position = 0
    }
    while (!this.#options.signal.aborted) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, this.#position)
      if (bytesRead === 0) return
      this.#position += bytesRead
      await this.#options.onBytes(buffer.subarray(0, bytesRead))
    }
  }
}
