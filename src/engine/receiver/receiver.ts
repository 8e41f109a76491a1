/** What both receivers are given and what they have in common. */

import type { Signal } from '#shared/model/batch.ts'
import type { Outcome, PayloadFormat } from '#shared/model/outcome.ts'
import type { Refused } from './refusals.ts'

/** Hands a payload to the writer; resolves after the commit that holds it. The bytes are given away. */
export type Submit = (bytes: Uint8Array<ArrayBuffer>, signal: Signal, format: PayloadFormat) => Promise<Outcome>

/** Bounded memory: what doesn't fit is asked to come back. */
export interface Room {
  reserve(bytes: number): boolean
  release(bytes: number): void
}

export interface ReceiverOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Largest request after decompression, in bytes. */
  readonly maxRequestBytes: number
  readonly submit: Submit
  /** Room for bodies that are still being received, shared by all connections. */
  readonly room: Room
  /** Told of every request that is turned away. */
  readonly onRefusal: (refused: Refused) => void
}

export interface Receiver {
  /** The port really bound. */
  readonly port: number
  /** Stops accepting; resolves when open requests were answered or `graceMs` is over. */
  close(graceMs: number): Promise<void>
}

/** Default request limit after decompression: 64 MiB. */
export const defaultMaxRequestBytes = 64 * 1024 * 1024

/** A copy that owns its memory: pooled buffers can't be transferred to another thread. */
export function ownedCopy(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    copy.set(part, offset)
    offset += part.length
  }
  return copy
}

export const selfMessage = 'Spanlight does not record what a Spanlight does: this request comes from one.'
