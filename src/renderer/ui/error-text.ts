/** What to tell a person about a failed call: what happened, and what to do next. */

export interface ErrorText {
  readonly title: string
  readonly advice: string
  /** Whether asking again may help. */
  readonly retry: boolean
}

const byCode: Readonly<Record<string, ErrorText>> = {
  // The engine's message tells whether it never came or is gone.
  NOT_FOUND: { title: 'Not found', advice: '', retry: true },
  BAD_INPUT: { title: 'The request was not understood', advice: 'Check the filters and the address.', retry: false },
  BAD_QUERY: { title: 'The query was not understood', advice: 'Correct the query.', retry: false },
  CANCELLED: { title: 'Cancelled', advice: 'Ask again when you like.', retry: true },
  BUSY: {
    title: 'Spanlight is busy',
    advice: 'It has more to do than it can hold. Try again in a moment.',
    retry: true,
  },
  TOO_LARGE: { title: 'Too large', advice: 'Narrow the filters or the time range.', retry: false },
  UNAUTHORIZED: {
    title: 'Spanlight was restarted',
    advice: 'Open the new address printed in its terminal.',
    retry: false,
  },
  STORE_FROM_FUTURE: {
    title: 'The database is from a newer Spanlight',
    advice: 'Update Spanlight, or start it with another --db.',
    retry: false,
  },
  STORE_CORRUPT: {
    title: 'The database is damaged',
    advice: 'Open another session, and then save what can be read of this one: Sessions, Open session….',
    retry: false,
  },
  STORE_READONLY: {
    title: 'The database cannot be written',
    advice: 'Check the permissions of the file and its folder.',
    retry: true,
  },
  DISK_FULL: { title: 'The disk is full', advice: 'Free some space; nothing acknowledged was lost.', retry: true },
  STORE_LOCKED: {
    title: 'Another Spanlight holds this database',
    advice: 'Close it, or start this one with another --db.',
    retry: true,
  },
  PORT_TAKEN: { title: 'A port is taken', advice: 'Start Spanlight with other ports.', retry: false },
  DISCONNECTED: {
    title: 'No connection to Spanlight',
    advice: 'Check that it is still running; this page reconnects by itself.',
    retry: true,
  },
  INTERNAL: {
    title: 'Something went wrong in Spanlight',
    advice: 'Try again; if it happens again, the terminal has the details.',
    retry: true,
  },
}

const unknown: ErrorText = { title: 'Something went wrong', advice: 'Try again.', retry: true }

/** The code an error carries, if any. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What an error says beside its words, if anything. */
export function errorData(error: unknown): Readonly<Record<string, unknown>> {
  if (typeof error !== 'object' || error === null || !('data' in error)) return {}
  const { data } = error
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

/** Title and advice by the error's code. */
export function errorText(error: unknown): ErrorText {
  return byCode[errorCode(error) ?? ''] ?? unknown
}
