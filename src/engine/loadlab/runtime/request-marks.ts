/** What the lab tells its own services about a request, in its baggage: which one it is, and what is special about it. */

import { type PlacedFault, parseFault, placeFault } from '../place-fault.ts'
import type { Scenario } from '../scenario.ts'

export interface RequestMarks {
  /** Number of the generated request; its random numbers depend on nothing else, so that a run repeats. */
  readonly request: string | undefined
  /** Service times are so many times as long. */
  readonly slowdown: number
  /** Somebody watches the trace: its spans are sent as they end. */
  readonly live: boolean
  /** A fault in this request alone. */
  readonly only: PlacedFault | undefined
  /** The header, to be passed on as it came. */
  readonly baggage: string | undefined
}

const maxSlowdown = 20

export function marksHeader(marks: {
  readonly request: string
  readonly slowdown?: number
  readonly live?: boolean
  readonly only?: PlacedFault | undefined
}): string {
  const { request, slowdown, live, only } = marks
  const parts = [`lab.request=${encodeURIComponent(request)}`]
  if (slowdown !== undefined && slowdown !== 1) parts.push(`lab.slowdown=${slowdown}`)
  if (live) parts.push('lab.live=1')
  if (only) {
    const strength = only.strength === null ? '' : `=${only.strength}`
    parts.push(`lab.fault=${encodeURIComponent(`${only.fault}${strength}@${only.where}`)}`)
  }
  return parts.join(',')
}

/** Anything that is not understood counts as absent: the header may come from anybody. */
export function readMarks(baggage: string | undefined, scenario: Scenario): RequestMarks {
  if (baggage === undefined) return { request: undefined, slowdown: 1, live: false, only: undefined, baggage }
  const entries = new Map<string, string>()
  for (const member of baggage.split(',')) {
    const [pair = ''] = member.split(';')
    const at = pair.indexOf('=')
    if (at > 0) entries.set(pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim()))
  }
  const slowdown = Number(entries.get('lab.slowdown') ?? 1)
  return {
    request: entries.get('lab.request'),
    slowdown: slowdown >= 1 && slowdown <= maxSlowdown ? slowdown : 1,
    live: entries.get('lab.live') === '1',
    only: faultOf(entries.get('lab.fault'), scenario),
    baggage,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function faultOf(text: string | undefined, scenario: Scenario): PlacedFault | undefined {
  if (!text) return undefined
  try {
    return placeFault(parseFault(text), scenario)
  } catch {
    return undefined
  }
}
