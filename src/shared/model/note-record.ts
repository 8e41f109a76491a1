/** A note as it is stored, on its way from one session into another. */

export interface NoteRecord {
  /** Null for a note on a time. */
  readonly traceId: Uint8Array | null
  readonly spanId: Uint8Array | null
  readonly at: bigint
  readonly end: bigint | null
  readonly about: string
  readonly text: string
  readonly created: bigint
  readonly changed: bigint
}
