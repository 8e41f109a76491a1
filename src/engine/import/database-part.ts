/** A SQLite database among imported files: known by its header; whoever runs the import reads it, because that takes the disk. */

import type { NoteRecord } from '#shared/model/note-record.ts'
import { type ByteStream, type Peeked, peek } from './byte-source.ts'
import type { Batches } from './decode-documents.ts'

const magic = Buffer.from('SQLite format 3\0')
/** The header in full. */
const headerBytes = 100

export interface DatabasePiece extends Batches {
  readonly notes?: readonly NoteRecord[]
}

/**
 * Everything a session holds, in small pieces; `part.head` has the header. Nothing of it stays on disk, also when it is left early.
 * Throws `UnreadablePart` for what is no session, and `SpanlightError` where the import can't go on.
 */
export type ReadDatabase = (part: Peeked) => AsyncIterable<DatabasePiece>

/** Looks at the header of what begins like a database, and no further than needed at anything else. */
export function peekDatabase(bytes: ByteStream): Promise<Peeked> {
  return peek(bytes, (head) => head.length >= headerBytes || !beginsAlike(head))
}

export function isDatabase(head: Buffer): boolean {
  return head.length >= magic.length && beginsAlike(head)
}

function beginsAlike(head: Buffer): boolean {
  const length = Math.min(head.length, magic.length)
  return head.subarray(0, length).equals(magic.subarray(0, length))
}
