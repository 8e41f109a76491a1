/**
 * Writes SQLite JSONB. Text goes from the wire to the store as bytes: decoding attributes to objects costs more than
 * twice the time. Containers reserve a header with a four-byte size (JSONB allows sizes wider than needed), because
 * their size is known only at their end.
 */

import { isUtf8 } from 'node:buffer'
import { JsonbType, type Packed } from '#shared/model/jsonb.ts'
import { RejectedRecord, reasons } from './decode-error.ts'

const chunkBytes = 256 * 1024
const minChunkBytes = 1024
const containerHeaderBytes = 5
/** Below this a loop beats the call into native code. */
const shortCopyBytes = 24
/** UTF-8 of a UTF-16 code unit. */
const maxBytesPerCharacter = 3

export class JsonbWriter {
  #buffer: Buffer
  #base = 0
  #position = 0

  /** `payloadBytes` is the size of what will be transcoded: a small request shouldn't cost a large buffer. */
  constructor(payloadBytes = chunkBytes) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(minChunkBytes, 2 * payloadBytes)))
  }

  /** Starts a value of its own; what was taken before stays valid. */
  begin(): void {
    this.#base = this.#position
  }

  /** The value since `begin`, without a copy. */
  take(): Packed {
    const packed = this.#buffer.subarray(this.#base, this.#position)
    this.#base = this.#position
    return packed
  }

  /** A place to `rewind` to, or to close a container from; relative to the current value. */
  mark(): number {
    return this.#position - this.#base
  }

  rewind(mark: number): void {
    this.#position = this.#base + mark
  }

  openContainer(): number {
    const mark = this.mark()
    this.#reserve(containerHeaderBytes)
    this.#position += containerHeaderBytes
    return mark
  }

  closeArray(mark: number): void {
    this.#close(mark, JsonbType.array)
  }

  closeObject(mark: number): void {
    this.#close(mark, JsonbType.object)
  }

  null(): void {
    this.#byte(JsonbType.null)
  }

  boolean(value: boolean): void {
    this.#byte(value ? JsonbType.true : JsonbType.false)
  }

  /** A signed 64-bit integer. */
  integer(value: bigint | number): void {
    this.#ascii(value.toString(), JsonbType.int)
  }

  /** A finite double keeps a mark of its type (`5.0`); others become `{"$double": …}`. */
  double(value: number): void {
    if (!Number.isFinite(value)) {
      this.#tagged('$double', String(value))
      return
    }
    const text = Object.is(value, -0) ? '-0.0' : String(value)
    this.#ascii(/[.e]/.test(text) ? text : `${text}.0`, JsonbType.float)
  }

  bytes(value: Uint8Array): void {
    this.#tagged('$bytes', Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'))
  }

  /** Text that is known to be UTF-8. */
  copiedText(source: Buffer, start: number, end: number): void {
    const length = end - start
    this.#header(JsonbType.textRaw, length)
    this.#copy(source, start, end)
  }

  /** A signed 64-bit integer that is written as SQLite would. */
  copiedInteger(source: Buffer, start: number, end: number): void {
    this.#header(JsonbType.int, end - start)
    this.#copy(source, start, end)
  }

  /** UTF-8 as it came. Throws `RejectedRecord` when it isn't UTF-8. */
  utf8(source: Buffer, start: number, end: number): void {
    const length = end - start
    this.#header(JsonbType.textRaw, length)
    this.#reserve(length)
    const target = this.#buffer
    let ascii = true
    if (length <= shortCopyBytes) {
      let position = this.#position
      let seen = 0
      for (let index = start; index < end; index++) {
        const byte = source[index] as number
        seen |= byte
        target[position++] = byte
      }
      ascii = seen < 0x80
    } else {
      source.copy(target, this.#position, start, end)
      ascii = false
    }
    if (!ascii && !isUtf8(target.subarray(this.#position, this.#position + length))) {
      throw new RejectedRecord(reasons.utf8)
    }
    this.#position += length
  }

  /** Throws `RejectedRecord` for text with lone surrogates, which UTF-8 can't hold. */
  text(value: string): void {
    // Nearly all is ASCII, as long in bytes as in characters: that is tried, and taken back when it turns out not to be.
    const mark = this.mark()
    this.#header(JsonbType.textRaw, value.length)
    if (value.length <= shortCopyBytes ? this.#shortAscii(value) : this.#longAscii(value)) return
    this.rewind(mark)
    if (!value.isWellFormed()) throw new RejectedRecord(reasons.utf8)
    const length = Buffer.byteLength(value)
    this.#header(JsonbType.textRaw, length)
    this.#reserve(length)
    this.#buffer.write(value, this.#position, 'utf8')
    this.#position += length
  }

  #shortAscii(value: string): boolean {
    this.#reserve(value.length)
    const target = this.#buffer
    const start = this.#position
    let seen = 0
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      seen |= code
      target[start + index] = code
    }
    if (seen >= 0x80) return false
    this.#position += value.length
    return true
  }

  /** Whatever isn't ASCII takes more bytes than characters. */
  #longAscii(value: string): boolean {
    this.#reserve(maxBytesPerCharacter * value.length)
    if (this.#buffer.write(value, this.#position, 'utf8') !== value.length) return false
    this.#position += value.length
    return true
  }

  #copy(source: Buffer, start: number, end: number): void {
    const length = end - start
    this.#reserve(length)
    const target = this.#buffer
    let position = this.#position
    if (length <= shortCopyBytes)
      for (let index = start; index < end; index++) target[position++] = source[index] as number
    else source.copy(target, position, start, end)
    this.#position += length
  }

  #tagged(tag: string, value: string): void {
    const mark = this.openContainer()
    this.text(tag)
    this.text(value)
    this.closeObject(mark)
  }

  #ascii(text: string, type: number): void {
    this.#header(type, text.length)
    this.#shortAscii(text)
  }

  #byte(byte: number): void {
    this.#reserve(1)
    this.#buffer[this.#position++] = byte
  }

  #header(type: number, size: number): void {
    this.#reserve(containerHeaderBytes)
    const buffer = this.#buffer
    if (size < 12) {
      buffer[this.#position++] = (size << 4) | type
    } else if (size < 0x100) {
      buffer[this.#position++] = 0xc0 | type
      buffer[this.#position++] = size
    } else if (size < 0x1_0000) {
      buffer[this.#position++] = 0xd0 | type
      this.#position = buffer.writeUInt16BE(size, this.#position)
    } else {
      buffer[this.#position++] = 0xe0 | type
      this.#position = buffer.writeUInt32BE(size, this.#position)
    }
  }

  #close(mark: number, type: number): void {
    const start = this.#base + mark
    this.#buffer[start] = 0xe0 | type
    this.#buffer.writeUInt32BE(this.#position - start - containerHeaderBytes, start + 1)
  }

  /** Makes room, moving the unfinished value to a new chunk; taken values keep the old one. */
  #reserve(bytes: number): void {
    if (this.#position + bytes <= this.#buffer.length) return
    const unfinished = this.#position - this.#base
    const next = Buffer.allocUnsafeSlow(Math.max(chunkBytes, (unfinished + bytes) * 2))
    this.#buffer.copy(next, 0, this.#base, this.#position)
    this.#buffer = next
    this.#base = 0
    this.#position = unfinished
  }
}
