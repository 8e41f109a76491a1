/** Where bytes wait that are too many for memory; whoever runs the import gives it, because that takes the disk. */

/** Throws `SpanlightError` where the import can't go on. */
export interface Spool {
  write(bytes: Buffer): void
  read(start: number, end: number): Buffer
  /** What was written is gone then. */
  close(): void
}

export type OpenSpool = () => Spool
