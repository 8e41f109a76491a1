/** Under which names logging libraries print the time, the level, the message and the ids of a line. */

export type Role = 'time' | 'level' | 'message' | 'trace' | 'span' | 'parent' | 'flags' | 'sampled' | 'service'

/** First names win over later ones. Compared without case, `_`, `-` and `.`: `trace_id` is `traceId` is `trace.id`. */
const names: Readonly<Record<Role, string>> = {
  time: `@timestamp timestamp time ts @t datetime date asctime eventtime logtime timemillis realtimetimestamp instant t`,
  level: `level severity lvl loglevel levelname @l severitytext priority levelno`,
  message: `message msg @m @message renderedmessage shortmessage body event @mt messagetemplate text log`,
  // OpenTelemetry's Python instrumentation prefixes its own; CLEF's are short; B3 names are those of HTTP headers.
  trace: `traceid oteltraceid @tr xb3traceid logginggoogleapiscomtrace ddtraceid`,
  span: `spanid otelspanid @sp xb3spanid logginggoogleapiscomspanid ddspanid`,
  parent: 'traceparent',
  flags: 'traceflags oteltraceflags',
  sampled: 'oteltracesampled tracesampled',
  service: 'servicename otelservicename resourceservicename service ddservice',
}

export interface RoleOfName {
  readonly role: Role
  /** Lower wins. */
  readonly rank: number
  /** Datadog counts its ids in decimals. */
  readonly isDecimal: boolean
}

const roleOfName = new Map<string, RoleOfName>()
for (const [role, list] of Object.entries(names) as [Role, string][]) {
  for (const [rank, name] of list.split(' ').entries()) {
    roleOfName.set(name, { role, rank, isDecimal: name.startsWith('dd') })
  }
}

/** Objects whose fields count as `outer.inner`: Elastic's nested names, Datadog's `dd`. */
export const namespaces: ReadonlySet<string> = new Set(['trace', 'span', 'log', 'service', 'dd', 'otel', 'resource'])
/** Objects that carry the context of a line: ids in them count as if they stood in the line itself. */
export const carriers: ReadonlySet<string> = new Set(
  'mdc context contextmap ctx properties fields extra attributes spancontext labels data'.split(' '),
)

const maxNameLength = 40

export function plainName(name: string): string {
  return name.length > maxNameLength ? name : name.toLowerCase().replace(/[-_./]/g, '')
}

export function roleOf(name: string): RoleOfName | undefined {
  return roleOfName.get(plainName(name))
}
