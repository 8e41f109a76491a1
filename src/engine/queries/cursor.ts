/** Keyset cursors: the sort key of the last row shown, opaque to the client. */

import { SpanlightError } from '#shared/contract/errors.ts'

/** Sort keys as SQLite compares them; ids as hex. */
export type CursorKey = readonly (bigint | string)[]

export function encodeCursor(order: string, key: CursorKey): string {
  const parts = key.map((part) => (typeof part === 'bigint' ? `n${part}` : `t${part}`))
  return Buffer.from(JSON.stringify([order, ...parts])).toString('base64url')
}

/** Throws BAD_INPUT for anything `encodeCursor` didn't make for this order and key length. */
export function decodeCursor(order: string, length: number, cursor: string): CursorKey {
  const parts = parse(cursor)
  const key = parts?.slice(1).map(decodePart)
  if (parts?.[0] !== order || key?.length !== length || !key.every((part) => part !== undefined)) {
    throw new SpanlightError('BAD_INPUT', 'The cursor does not belong to this list. Start again without it.')
  }
  return key
}

function parse(cursor: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function decodePart(part: unknown): bigint | string | undefined {
  if (typeof part !== 'string') return undefined
  if (part.startsWith('t')) return part.slice(1)
  return /^n-?\d{1,19}$/.test(part) ? BigInt(part.slice(1)) : undefined
}
