/** What ends the reading of a part or of the whole import, told to whoever gave it. */

import { SpanlightError } from '#shared/contract/errors.ts'

/** One file of several, or the rest of a file, can't be read; the import goes on with the next. */
export class UnreadablePart extends Error {
  override readonly name = 'UnreadablePart'
}

/** Against files made to fill memory or disk: everything that is unpacked together. */
const maxUnpackedBytes = 256 * 1024 ** 3
/** Telemetry packs 10 to 60 times; deflate's utmost is 1032 times. */
const maxRatio = 400
/** Below this a ratio says nothing. */
const harmlessBytes = 64 * 1024 * 1024

/** Counts what comes out of decompression, of all parts and layers together. */
export class UnpackingLimit {
  readonly #packed: () => number
  #unpacked = 0

  /** `packed` tells how many bytes were read from the sender so far. */
  constructor(packed: () => number) {
    this.#packed = packed
  }

  /** Throws TOO_LARGE. */
  count(bytes: number): void {
    this.#unpacked += bytes
    if (this.#unpacked > maxUnpackedBytes) {
      throw new SpanlightError('TOO_LARGE', 'It unpacks to more than 256 GiB. Unpack it and import parts of it.')
    }
    if (this.#unpacked > harmlessBytes && this.#unpacked > this.#packed() * maxRatio) {
      throw new SpanlightError(
        'TOO_LARGE',
        `It unpacks to more than ${maxRatio} times its size, as no telemetry does: it looks like a decompression bomb.`,
      )
    }
  }
}
