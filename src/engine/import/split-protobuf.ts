/**
 * Splits OTLP protobuf into messages: a file is one `TracesData` (or its kin for logs and metrics), of which each resource
 * is taken by itself, or many of them, each after its length.
 */

import { ByteReader, type ByteStream } from './byte-source.ts'
import { maxDocumentBytes, messageTooLong, type Piece } from './document.ts'

/** Field 1, length-delimited: the resources of all three signals. */
const resourcesTag = 0x0a

type Framing = 'one' | 'many'

/** How the bytes are framed, by their beginning; undefined when they aren't OTLP. */
export function framingOf(head: Buffer): Framing | undefined {
  if (head[0] === resourcesTag && beginsLikeResources(head, 0)) return 'one'
  const first = varintAt(head, 0)
  if (first && first.value > 0 && head[first.end] === resourcesTag && beginsLikeResources(head, first.end))
    return 'many'
  return undefined
}

/** The first field of `ResourceSpans` and its kin: 1 resource, 2 scopes, 3 schema URL, all length-delimited. */
function beginsLikeResources(head: Buffer, at: number): boolean {
  const length = varintAt(head, at + 1)
  if (!length) return false
  const inner = head[length.end]
  const innerLength = varintAt(head, length.end + 1)
  if (inner === undefined || !innerLength || ![0x0a, 0x12, 0x1a].includes(inner)) return false
  return innerLength.end - length.end + innerLength.value <= length.value
}

function varintAt(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 128 ** index
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return undefined
}

export async function* splitProtobuf(source: ByteStream, framing: Framing): AsyncGenerator<Piece[]> {
  const reader = new ByteReader(source)
  for (let message = 1; ; message++) {
    const head: number[] = []
    if (framing === 'one') {
      const tag = (await reader.take(1))?.[0]
      if (tag === undefined) return
      if (tag !== resourcesTag) {
        yield [{ line: message, reason: 'not OTLP protobuf from here on' }]
        return
      }
      head.push(tag)
    }
    const prefix = await readVarint(reader)
    if (prefix === 'end' && framing === 'many') return
    if (prefix === 'end' || prefix === 'broken') {
      yield [{ line: message, reason: 'the file ends in the middle of it' }]
      return
    }
    if (prefix.value > maxDocumentBytes) {
      yield [{ line: message, reason: messageTooLong }]
      if (!(await skip(reader, prefix.value))) return
      continue
    }
    const body = await reader.take(prefix.value)
    if (!body) {
      yield [{ line: message, reason: 'the file ends in the middle of it' }]
      return
    }
    yield [
      {
        line: message,
        bytes: framing === 'one' ? Buffer.concat([Buffer.from([...head, ...prefix.bytes]), body]) : body,
      },
    ]
  }
}

async function readVarint(
  reader: ByteReader,
): Promise<'end' | 'broken' | { readonly value: number; readonly bytes: readonly number[] }> {
  const bytes: number[] = []
  let value = 0
  for (;;) {
    const byte = (await reader.take(1))?.[0]
    if (byte === undefined) return bytes.length === 0 ? 'end' : 'broken'
    value += (byte & 0x7f) * 128 ** bytes.length
    bytes.push(byte)
    if (byte < 0x80) return { value, bytes }
    if (bytes.length === 5) return 'broken'
  }
}

async function skip(reader: ByteReader, count: number): Promise<boolean> {
  for (let left = count; left > 0; ) {
    const slice = await reader.some(left)
    if (!slice) return false
    left -= slice.length
  }
  return true
}
