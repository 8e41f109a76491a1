/** Marks bytes of an encoded request that are replaced before each sending: ids, digits of texts, times. */

import { randomBytes } from 'node:crypto'

/** Bytes of the request that are replaced by fresh ones. */
interface Slot {
  readonly offset: number
  readonly length: number
  /** Where in the fresh bytes its own begin. */
  readonly from: number
  readonly as: 'bytes' | 'hex'
}

interface TimeSlot {
  readonly offset: number
  /** ns after the moment of sending. */
  readonly delta: bigint
}

export interface Template {
  readonly bytes: Buffer
  readonly slots: readonly Slot[]
  readonly times: readonly TimeSlot[]
  /** How many fresh bytes a sending needs. */
  readonly freshLength: number
}

/** Hands out random placeholders to encode, and finds them again in the bytes. */
export class PlaceholderBook {
  readonly #fresh: { readonly mark: Buffer; readonly as: Slot['as'] }[] = []
  readonly #times: { readonly mark: Buffer; readonly delta: bigint }[] = []

  id(length: 16 | 8): string {
    const mark = randomBytes(length)
    this.#fresh.push({ mark, as: 'bytes' })
    return mark.toString('hex')
  }

  /** `length` hexadecimal digits within a text. */
  hexText(length: number): string {
    const digits = randomBytes(length / 2).toString('hex')
    this.#fresh.push({ mark: Buffer.from(digits, 'latin1'), as: 'hex' })
    return digits
  }

  /** A moment `delta` ns after that of sending. */
  time(delta: bigint): string {
    const mark = randomBytes(8)
    this.#times.push({ mark, delta })
    return mark.readBigUInt64LE().toString()
  }

  resolve(bytes: Buffer): Template {
    let freshLength = 0
    const slots = this.#fresh.flatMap(({ mark, as }) => {
      const from = freshLength
      freshLength += as === 'hex' ? mark.length / 2 : mark.length
      return placesOf(bytes, mark).map((offset): Slot => ({ offset, length: mark.length, from, as }))
    })
    const times = this.#times.flatMap(({ mark, delta }) => placesOf(bytes, mark).map((offset) => ({ offset, delta })))
    return { bytes, slots, times, freshLength }
  }
}

function placesOf(bytes: Buffer, mark: Buffer): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) places.push(at)
  if (places.length === 0) throw new Error('a placeholder is not in the encoded request')
  return places
}
