/** Decides by the first bytes how a file is to be split: into lines, JSON values or protobuf messages. */

import { refusalReasons } from '#shared/contract/imports.ts'
import { UnreadablePart } from './broken-import.ts'
import { type ByteStream, peek } from './byte-source.ts'
import type { Piece } from './document.ts'
import { splitJson } from './split-json.ts'
import { splitLines } from './split-lines.ts'
import { framingOf, splitProtobuf } from './split-protobuf.ts'
import type { OpenSpool } from './spool.ts'
import { asUtf8, encodingOf } from './text-encoding.ts'

/** Enough for the first line of any file of lines; longer lines are split as JSON. */
const headBytes = 1024 * 1024
const newline = 0x0a
/** Where the tags of protobuf show. */
const controlBytes = 256

export interface Split {
  /** `lines` are JSON, one value each; `json` is split by its brackets; `text` is anything in lines. */
  readonly kind: 'lines' | 'json' | 'text' | 'protobuf'
  readonly pieces: AsyncIterable<readonly Piece[]>
}

/** Undefined for a file without content. Throws `UnreadablePart` when nothing is known that begins so. */
export async function split(source: ByteStream, as: 'auto' | 'text', openSpool: OpenSpool): Promise<Split | undefined> {
  const raw = await peek(source, (head) => head.length >= 4)
  if (raw.head.length === 0) return undefined
  const encoded = encodingOf(raw.head)
  const text = await peek(asUtf8(raw, encoded), (head) => head.length >= headBytes || hasContentLine(head))
  const { head, all } = text
  if (as === 'text') return { kind: 'text', pieces: splitLines(all) }
  // Before anything else: a message may well begin like blank text or an opening bracket.
  const framing = hasControlBytes(head) ? framingOf(head) : undefined
  if (framing) return { kind: 'protobuf', pieces: splitProtobuf(all, framing) }
  const content = firstContent(head)
  if (content === undefined && isBlank(head)) {
    // So much of nothing may still be followed by something.
    return head.length < headBytes ? undefined : { kind: 'json', pieces: splitJson(all, openSpool) }
  }
  if (content === undefined) throw new UnreadablePart('it holds nothing but comments')
  if (content.byte === 0x7b || content.byte === 0x5b) {
    return beginsWithJsonLine(head, content.at)
      ? {
          kind: 'lines',
          pieces: splitLines(without(all, content.at), { firstLine: 1 + newlines(head, content.at), openSpool }),
        }
      : { kind: 'json', pieces: splitJson(all, openSpool) }
  }
  throw new UnreadablePart(explain(head))
}

/** Bytes that no text has; the tags of protobuf are among them. */
function hasControlBytes(head: Buffer): boolean {
  return head
    .subarray(0, controlBytes)
    .some((byte) => byte < 0x20 && byte !== 0x09 && byte !== newline && byte !== 0x0d)
}

/** Comments before the first line are none of the lines. */
async function* without(source: ByteStream, count: number): AsyncGenerator<Buffer> {
  let left = count
  for await (const chunk of source) {
    if (left < chunk.length) yield chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}

function newlines(head: Buffer, end: number): number {
  let count = 0
  for (let at = head.indexOf(newline); at >= 0 && at < end; at = head.indexOf(newline, at + 1)) count++
  return count
}

function explain(head: Buffer): string {
  if (!head.includes(0)) {
    return refusalReasons.unknownText
  }
  return 'its format is not recognised: it is neither OTLP, Jaeger, Zipkin, Tempo nor lines of JSON'
}

function isBlank(head: Buffer): boolean {
  return head.toString('latin1').trim() === ''
}

/** Whether a line that is neither blank nor a comment is complete. */
function hasContentLine(head: Buffer): boolean {
  const content = firstContent(head)
  return content !== undefined && head.indexOf(newline, content.at) >= 0
}

/** The first byte that is neither blank nor in a comment. */
function firstContent(head: Buffer): { readonly byte: number; readonly at: number } | undefined {
  for (let at = 0; at < head.length; ) {
    const byte = head[at] as number
    if (byte === 0x20 || byte === 0x09 || byte === newline || byte === 0x0d) at++
    else if (byte === 0x23 || (byte === 0x2f && head[at + 1] === 0x2f)) {
      const end = head.indexOf(newline, at)
      if (end < 0) return undefined
      at = end + 1
    } else if (byte === 0x2f && head[at + 1] === 0x2a) {
      const end = head.indexOf('*/', at + 2)
      if (end < 0) return undefined
      at = end + 2
    } else return { byte, at }
  }
  return undefined
}

/** One of the first two lines is a JSON object by itself: a broken first line doesn't make another format. */
function beginsWithJsonLine(head: Buffer, at: number): boolean {
  if (head[at] !== 0x7b) return false
  const first = head.indexOf(newline, at)
  if (first < 0) return false
  if (isJson(head.subarray(at, first))) return true
  const second = head.indexOf(newline, first + 1)
  return head[first + 1] === 0x7b && second > 0 && isJson(head.subarray(first + 1, second))
}

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString('utf8'))
    return true
  } catch {
    return false
  }
}
