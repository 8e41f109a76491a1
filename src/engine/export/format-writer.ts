/** What makes a file of an export: it gets the pieces in their order and says what to write. */

import type { ExportPiece } from './export-pieces.ts'

export type Written = string | Uint8Array

export interface FormatWriter {
  begin?(): Written
  write(piece: ExportPiece): Iterable<Written>
  end?(): Iterable<Written>
}
