/** Takes off whatever a file is packed in, layer by layer, by what the bytes begin with: gzip, zstd, zip. */

import { type UnpackingLimit, UnreadablePart } from './broken-import.ts'
import { type ByteStream, peek } from './byte-source.ts'
import { gunzip, unzstd } from './inflate.ts'
import { zipParts } from './zip-parts.ts'

/** A zip of gzipped files in a zip is odd but honest; more layers are not. */
const maxLayers = 4

export interface UnpackedPart {
  /** Its name, if it was given one, and the path within the zip or zips; null for the only file. */
  readonly file: string | null
  /** Outermost first, such as `gzip`. */
  readonly packings: readonly string[]
  readonly bytes: ByteStream
}

/** What is left unread of a part is passed over. A part that can't be read is told to `onBroken`, and the next one follows. */
export async function* unpack(
  { file, bytes }: Pick<UnpackedPart, 'file' | 'bytes'>,
  limit: UnpackingLimit,
  onBroken: (file: string | null, reason: string) => void,
): AsyncGenerator<UnpackedPart> {
  yield* layer({ file, packings: [], bytes })

  async function* layer({ file, packings, bytes }: UnpackedPart): AsyncGenerator<UnpackedPart> {
    const { head, all } = await peek(bytes, (read) => read.length >= 4)
    const packing = packingOf(head)
    if (packing === undefined) {
      yield { file, packings, bytes: all }
      return
    }
    if (packings.length >= maxLayers) throw new UnreadablePart(`it is packed in more than ${maxLayers} layers`)
    const outer = [...packings, packing]
    if (packing !== 'zip') {
      const inflate = packing === 'gzip' ? gunzip : unzstd
      yield* layer({ file, packings: outer, bytes: inflate(all, limit) })
      return
    }
    for await (const { name, problem, bytes: inner } of zipParts(all, limit)) {
      const path = file === null ? name : `${file}/${name}`
      if (problem !== undefined) {
        onBroken(path, problem)
        continue
      }
      try {
        yield* layer({ file: path, packings: outer, bytes: inner })
      } catch (error) {
        if (!(error instanceof UnreadablePart)) throw error
        onBroken(path, error.message)
      }
    }
  }
}

function packingOf(head: Buffer): 'gzip' | 'zstd' | 'zip' | undefined {
  if (head.length < 2) return undefined
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head.length < 4) return undefined
  const magic = head.readUInt32LE(0)
  if (magic === 0xfd2fb528) return 'zstd'
  return magic === 0x04034b50 || magic === 0x06054b50 ? 'zip' : undefined
}
