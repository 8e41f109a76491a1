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

export const tooLong = `longer than ${maxDocumentBytes / 1024 / 1024} MiB: more than is read at once`
