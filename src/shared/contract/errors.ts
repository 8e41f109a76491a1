/** The one table of errors: every error that crosses the contract carries one of these codes. */

export const errorStatuses = {
  /** A named thing isn't there. An empty list is `[]`, not this. */
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  /** A query that can't be understood; `data.position` says where. */
  BAD_QUERY: 400,
  CANCELLED: 499,
  /** The engine has more to do than it can hold; try again. */
  BUSY: 503,
  TOO_LARGE: 413,
  /** No or a wrong token. */
  UNAUTHORIZED: 401,
  STORE_FROM_FUTURE: 409,
  STORE_CORRUPT: 500,
  STORE_READONLY: 503,
  DISK_FULL: 503,
  /** Another Spanlight holds the database. */
  STORE_LOCKED: 409,
  PORT_TAKEN: 409,
  INTERNAL: 500,
} as const

export type ErrorCode = keyof typeof errorStatuses

/** An expected failure: what happened, why, and what to do next, in one or two sentences. */
export class SpanlightError extends Error {
  override readonly name = 'SpanlightError'
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, data?: Readonly<Record<string, unknown>>) {
    super(message)
    this.code = code
    this.data = data
  }

  get status(): number {
    return errorStatuses[this.code]
  }
}
