/** What a person writes into a session, and takes out of it: notes, saved views and marks, by commands to the writer. */

import type { Writer } from './current-store.ts'
import type { NoteCommand } from './store/write-notes.ts'
import type { SavedViewCommand } from './store/write-saved-views.ts'

type NotebookCommand =
  | NoteCommand
  | SavedViewCommand
  /** The log record it came from stays. */
  | { readonly name: 'removeAnnotation'; readonly id: number }

export class Notebook {
  readonly #writer: Writer

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** Throws NOT_FOUND, BAD_INPUT or TOO_LARGE, and whatever keeps the store from being written. */
  async run(command: NotebookCommand): Promise<Record<string, never>> {
    await this.#writer.command(command)
    return {}
  }
}
