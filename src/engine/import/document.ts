/** One piece of an imported file that can be read by itself: a line, a JSON value, a protobuf message. */

export interface Document {
  readonly bytes: Buffer
  /** The line it begins in, or the number of the protobuf message. */
  readonly line: number
}

/** Something in between that is no document. */
export interface Refused {
  readonly line: number
  readonly reason: string
}

export type Piece = Document | Refused

export function isRefused(piece: Piece): piece is Refused {
  return 'reason' in piece
}

/** The largest document that is taken: the limit of a request as well. */
export const maxDocumentBytes = 64 * 1024 * 1024
/** Up to this a document is read as it is; a larger one is cut, if its format has lists to cut. */
export const wholeBytes = 16 * 1024 * 1024

const limit = `more than ${maxDocumentBytes / 1024 / 1024} MiB, which is more than is read at once`

export const recordTooLong = `a record of ${limit}: shorten its longest values where it was written`
export const messageTooLong = `a message of ${limit}: have it written in smaller batches`
