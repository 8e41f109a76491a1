/**
 * The files of a zip, read from front to back without the directory at its end (APPNOTE.TXT 4.3): nothing is written
 * to disk, and a zip that is cut off still gives the files before the cut.
 */

import { type UnpackingLimit, UnreadablePart } from './broken-import.ts'
import { ByteReader, type ByteStream } from './byte-source.ts'
import { inflateEntry } from './inflate.ts'

const entrySignature = 0x04034b50
const descriptorSignature = 0x08074b50
const endSignatures = [0x02014b50, 0x06054b50, 0x06064b50]

const Flag = { encrypted: 1, sizesFollow: 8 } as const
const Method = { stored: 0, deflated: 8 } as const
const zip64Field = 1
const sizeInZip64 = 0xffff_ffff

const maxEntries = 100_000
const sliceBytes = 256 * 1024

export interface ZipPart {
  readonly name: string
  /** Why it can't be read; then there are no bytes. */
  readonly problem: string | undefined
  readonly bytes: ByteStream
}

/** What wasn't read of a part is skipped when the next is asked for. Throws `UnreadablePart` when the zip breaks. */
export async function* zipParts(source: ByteStream, limit: UnpackingLimit): AsyncGenerator<ZipPart> {
  const reader = new ByteReader(source)
  for (let count = 0; ; count++) {
    const signature = (await reader.take(4))?.readUInt32LE(0)
    if (signature === undefined || (signature !== entrySignature && !endSignatures.includes(signature))) {
      throw new UnreadablePart('the zip is cut off or broken')
    }
    if (signature !== entrySignature) return
    if (count >= maxEntries) throw new UnreadablePart(`the zip holds more than ${maxEntries} files`)
    const entry = await readHead(reader)
    const bytes = contents(reader, entry, limit)
    const isFolder = entry.name.endsWith('/')
    if (!isFolder) yield { name: entry.name, problem: problemOf(entry), bytes }
    for await (const _rest of bytes);
    if ((entry.flags & Flag.sizesFollow) !== 0) await skipDescriptor(reader)
  }
}

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly packedBytes: number
  readonly isZip64: boolean
}

async function readHead(reader: ByteReader): Promise<Entry> {
  const head = await whole(reader, 26)
  const flags = head.readUInt16LE(2)
  const nameAndExtra = await whole(reader, head.readUInt16LE(22) + head.readUInt16LE(24))
  const name = nameAndExtra.toString('utf8', 0, head.readUInt16LE(22))
  const extra = nameAndExtra.subarray(head.readUInt16LE(22))
  const zip64 = extraField(extra, zip64Field)
  const packed = head.readUInt32LE(14)
  return {
    name,
    flags,
    method: head.readUInt16LE(4),
    // In the zip64 field the unpacked size comes first, when both are there.
    packedBytes: packed === sizeInZip64 && zip64 && zip64.length >= 16 ? Number(zip64.readBigUInt64LE(8)) : packed,
    isZip64: zip64 !== undefined,
  }
}

function extraField(extra: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
  }
  return undefined
}

/** Names are for the report alone, but one that climbs out was made to harm. */
function problemOf({ name, flags, method }: Entry): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..')) {
    return 'its path leads out of the zip: not read'
  }
  if ((flags & Flag.encrypted) !== 0) return 'it is encrypted: unpack the zip and import its files'
  if (method !== Method.stored && method !== Method.deflated)
    return `it is compressed by a method (${method}) that is not known`
  return undefined
}

async function* contents(reader: ByteReader, entry: Entry, limit: UnpackingLimit): AsyncGenerator<Buffer> {
  const { flags, method, packedBytes } = entry
  const hasSize = (flags & Flag.sizesFollow) === 0
  if (method === Method.deflated && (flags & Flag.encrypted) === 0) {
    yield* inflateEntry(reader, limit)
    return
  }
  if (!hasSize) throw new UnreadablePart(`the zip does not say how long ${entry.name} is`)
  for (let left = packedBytes; left > 0; ) {
    const slice = await reader.some(Math.min(left, sliceBytes))
    if (!slice) throw new UnreadablePart('the zip is cut off')
    left -= slice.length
    yield slice
  }
}

/** CRC and both sizes, with or without a signature, in four or eight bytes each. */
async function skipDescriptor(reader: ByteReader): Promise<void> {
  const first = await whole(reader, 4)
  const rest = await whole(reader, first.readUInt32LE(0) === descriptorSignature ? 12 : 8)
  // With zip64 sizes the next signature isn't there yet.
  const next = await reader.take(4)
  if (next === undefined) return
  reader.giveBack(next)
  const signature = next.readUInt32LE(0)
  if (signature !== entrySignature && !endSignatures.includes(signature)) await whole(reader, 8)
  void rest
}

async function whole(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count)
  if (!bytes) throw new UnreadablePart('the zip is cut off')
  return bytes
}
