/** When what happened to windows, for tests that ask about an order. */

export interface JournalEntry {
  readonly atMs: number
  readonly what: string
}

const entries: JournalEntry[] = []

export const journal = {
  note: (what: string): void => void entries.push({ atMs: performance.now(), what }),
  read: (): readonly JournalEntry[] => entries,
}
