/** A database that nobody has open, opened to import into: the writer and the import thread, without receivers. */

import { ImportDesk } from './import-desk.ts'
import { WriterPool } from './threads/pool.ts'

export interface ImportStore {
  readonly imports: ImportDesk
  /** Commits what was read and closes the database. */
  close(): Promise<void>
}

/** `onDeath` is told if the writer breaks. Throws `SpanlightError`: STORE_LOCKED while another process has it, and whatever keeps it from being opened. */
export async function openImportStore(databasePath: string, onDeath: (error: Error) => void): Promise<ImportStore> {
  const writer = await WriterPool.start({ databasePath, durable: false }, () => undefined, onDeath)
  const imports = new ImportDesk(writer, () => databasePath)
  return {
    imports,
    close: async () => {
      await imports.close()
      await writer.close()
    },
  }
}
