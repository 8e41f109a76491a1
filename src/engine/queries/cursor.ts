/** Keyset cursors: the list's name and the sort key of the last row shown, opaque to the client. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { maxUnixNano } from '#shared/model/time.ts'

/** Sort keys as SQLite compares them; ids as hex. */
export type CursorKey = readonly (bigint | string)[]

/** One letter per part: `n` for an integer, `t` for text. */
export type CursorShape = 'nn' | 'nt' | 'nnt'

export function encodeCursor(list: string, key: CursorKey): string {
  const parts = key.map((part) => (typeof part === 'bigint' ? `n${part}` : `t${part}`))
  return Buffer.from(JSON.stringify([list, ...parts])).toString('base64url')
}

/** Throws BAD_INPUT for anything `encodeCursor` can't have made for this list. */
export function decodeCursor(list: string, shape: CursorShape, cursor: string): CursorKey {
  const [name, ...parts] = parse(cursor)
  const key = parts.map((part, index) => decodePart(part, shape[index]))
  if (name !== list || key.length !== shape.length || !key.every((part) => part !== undefined)) {
    throw new SpanlightError('BAD_INPUT', 'The cursor does not belong to this list. Start again without it.')
  }
  return key
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function decodePart(part: unknown, kind: string | undefined): bigint | string | undefined {
  if (typeof part !== 'string' || part[0] !== kind) return undefined
  if (kind === 't') return part.slice(1)
  const value = /^n-?\d{1,19}$/.test(part) ? BigInt(part.slice(1)) : undefined
  return value !== undefined && value <= maxUnixNano && value >= -maxUnixNano ? value : undefined
}
