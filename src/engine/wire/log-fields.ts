/** Makes a log line of fields, as structlog, pino, zap, logback and serilog print them in JSON, and others in logfmt. */

import { exceptionAttributes } from './log-exception.ts'
import { carriers, namespaces, plainName, type Role, type RoleOfName, roleOf } from './log-field-roles.ts'
import { spanIdOf, traceIdOf, traceParentOf } from './log-ids.ts'
import type { LogLine } from './log-line.ts'
import { type Severity, severityOfField } from './log-severity.ts'
import { instantOf } from './log-time.ts'
import { renderTemplate } from './message-template.ts'

type Fields = { readonly [key: string]: unknown }

interface Candidate extends RoleOfName {
  readonly value: unknown
  readonly outer: string
  /** The field's name in the object `outer`; undefined for a field of the line itself. */
  readonly inner: string | undefined
  /** An attribute as well: part of a context, or a service that `--service` may overrule. */
  readonly stays: boolean
}

const sampledFlag = 1

/** Whether this is a log line at all: it says something, and when or how bad. */
export function isLogLine(fields: Fields): boolean {
  const roles = new Set(candidatesOf(fields).map(({ role }) => role))
  return roles.has('message') && (roles.has('time') || roles.has('level'))
}

export function lineOfFields(fields: Fields): LogLine {
  const candidates = candidatesOf(fields)
  const used = new Set<Candidate>()
  const take = <T>(role: Role, read: (value: unknown, candidate: Candidate) => T | undefined): T | undefined => {
    for (const candidate of candidates) {
      if (candidate.role !== role) continue
      const value = read(candidate.value, candidate)
      if (value === undefined) continue
      if (!candidate.stays) used.add(candidate)
      return value
    }
    return undefined
  }
  const parent = take('parent', traceParentOf)
  const traceId = take('trace', (value, { isDecimal }) => traceIdOf(value, isDecimal))
  const spanId = take('span', (value, { isDecimal }) => spanIdOf(value, isDecimal))
  const severity = take('level', levelOf) ?? impliedLevel(fields)
  const isSampled = take('sampled', (value) =>
    value === true || (typeof value === 'string' && value.toLowerCase() === 'true') ? true : undefined,
  )
  return {
    timeUnixNano: take('time', instantOf) ?? 0n,
    severityNumber: severity.number,
    severityText: severity.text,
    body: take('message', (value, { outer }) => messageOf(value, outer, fields)) ?? null,
    traceId: traceId ?? parent?.traceId ?? null,
    spanId: spanId ?? parent?.spanId ?? null,
    flags: take('flags', flagsOf) ?? parent?.flags ?? (isSampled ? sampledFlag : 0),
    service: take('service', (value) => (typeof value === 'string' && value !== '' ? value : undefined)),
    attributes: [...exceptionAttributes(fields), ...remaining(fields, used)],
  }
}

/** Fields with a role, the names to prefer first. */
function candidatesOf(fields: Fields): Candidate[] {
  const candidates: Candidate[] = []
  for (const [outer, value] of Object.entries(fields)) {
    const own = roleOf(outer)
    if (own) candidates.push({ ...own, value, outer, inner: undefined, stays: own.role === 'service' })
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
    const name = plainName(outer)
    if (namespaces.has(name)) {
      for (const [inner, held] of Object.entries(value)) {
        const role = roleOf(`${outer}.${inner}`)
        if (role) candidates.push({ ...role, value: held, outer, inner, stays: role.role === 'service' })
      }
    } else if (carriers.has(name)) {
      for (const [inner, held] of Object.entries(value)) {
        const role = roleOf(inner)
        if (role?.role !== 'trace' && role?.role !== 'span' && role?.role !== 'parent') continue
        candidates.push({ ...role, rank: role.rank + 100, value: held, outer, inner, stays: true })
      }
    }
  }
  return candidates.sort((a, b) => a.rank - b.rank)
}

function remaining(fields: Fields, used: ReadonlySet<Candidate>): (readonly [string, unknown])[] {
  const whole = new Set<string>()
  const parts = new Map<string, Set<string>>()
  for (const { outer, inner } of used) {
    if (inner === undefined) whole.add(outer)
    else parts.set(outer, (parts.get(outer) ?? new Set()).add(inner))
  }
  const left: (readonly [string, unknown])[] = []
  for (const [key, value] of Object.entries(fields)) {
    if (whole.has(key)) continue
    const gone = parts.get(key)
    if (!gone) {
      left.push([key, value])
      continue
    }
    const rest = Object.entries(value as Fields).filter(([inner]) => !gone.has(inner))
    if (rest.length > 0) left.push([key, Object.fromEntries(rest)])
  }
  return left
}

function levelOf(value: unknown, { outer }: Candidate): Severity | undefined {
  // journald's is a level; elsewhere a priority is anything.
  if (plainName(outer) === 'priority' && outer !== 'PRIORITY') return undefined
  return severityOfField(outer === 'levelno' ? pythonLevel(value) : value)
}

/** Python's numbers are pino's one lower: 10 is DEBUG there, trace here. */
function pythonLevel(value: unknown): unknown {
  return typeof value === 'number' ? value + 10 : value
}

/** CLEF leaves the level out of what is information. */
function impliedLevel(fields: Fields): Severity {
  return '@t' in fields && ('@m' in fields || '@mt' in fields)
    ? { number: 9, text: 'Information' }
    : { number: 0, text: '' }
}

/** Elastic has objects called `event` and `log`: those are no message. */
function messageOf(value: unknown, name: string, fields: Fields): unknown {
  if (value === null || value === '') return undefined
  if (typeof value === 'object' && !['message', 'msg', 'body'].includes(name)) return undefined
  const isTemplate = typeof value === 'string' && (name === '@mt' || name === 'MessageTemplate')
  return isTemplate ? renderTemplate(value, fields) : value
}

function flagsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value < 256 ? value : undefined
  return typeof value === 'string' && /^[0-9a-f]{2}$/i.test(value) ? Number.parseInt(value, 16) : undefined
}
