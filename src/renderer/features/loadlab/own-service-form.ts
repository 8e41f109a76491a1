/** What is typed about one's own service, and what is sent: headers as lines, the host that needs a word. */

import { z } from 'zod'
import { errorCode } from '../../ui/error-text.ts'

export interface HeaderLines {
  readonly headers: Readonly<Record<string, string>>
  /** The first line that is no header. */
  readonly problem: string | undefined
}

/** `Name: value`, one a line; empty lines count as nothing, and the last of two lines of one name wins. */
export function parseHeaders(text: string): HeaderLines {
  const headers: Record<string, string> = {}
  let problem: string | undefined
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const parts = /^\s*([^\s:]+)\s*:(.*)$/.exec(line)
    if (parts?.[1] === undefined) problem ??= `“${line.trim().slice(0, 60)}” is no header: write Name: value.`
    else headers[parts[1]] = (parts[2] ?? '').trim()
  }
  return { headers, problem }
}

export function writeHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

const notLoopback = z.object({ data: z.object({ reason: z.literal('not-loopback'), host: z.string() }) })

/** The host the lab wants confirmed before it sends anything there; undefined for any other failure. */
export function hostToConfirm(error: unknown): string | undefined {
  return errorCode(error) === 'BAD_INPUT' ? notLoopback.safeParse(error).data?.data.host : undefined
}
