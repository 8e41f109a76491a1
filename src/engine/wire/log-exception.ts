/** Finds the exception in a line's fields and tells it by OpenTelemetry's names (semantic conventions, "Exceptions"). */

type Fields = { readonly [key: string]: unknown }

interface Exception {
  readonly type?: string | undefined
  readonly message?: string | undefined
  readonly stacktrace?: string | undefined
}

const objectNames = ['err', 'error', 'exception', 'exc', 'Exception']
const textNames = [
  'stack_trace',
  'stackTrace',
  '@x',
  'exc_info',
  'exception',
  'Exception',
  'error.stack_trace',
  'stack',
]

/** `exception.type`, `.message` and `.stacktrace`, as far as they are known; none where the line has them already. */
export function exceptionAttributes(fields: Fields): (readonly [string, string])[] {
  if ('exception.type' in fields || 'exception.message' in fields || 'exception.stacktrace' in fields) return []
  const { type, message, stacktrace } = exceptionOf(fields) ?? {}
  return [
    ['exception.type', type] as const,
    ['exception.message', message] as const,
    ['exception.stacktrace', stacktrace] as const,
  ].filter((pair): pair is readonly ['exception.type', string] => pair[1] !== undefined)
}

function exceptionOf(fields: Fields): Exception | undefined {
  for (const name of objectNames) {
    const found = exceptionOfObject(fields[name])
    if (found) return found
  }
  for (const name of textNames) {
    const value = fields[name]
    if (typeof value === 'string' && value.includes('\n')) return exceptionOfText(value)
  }
  return undefined
}

function exceptionOfObject(value: unknown): Exception | undefined {
  // structlog's dictionaries: one per exception of a chain, the last one raised first.
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first !== 'object' || first === null) return undefined
  const fields = first as Fields
  const text = (...names: string[]): string | undefined => {
    for (const name of names) if (typeof fields[name] === 'string' && fields[name] !== '') return fields[name]
    return undefined
  }
  const message = text('message', 'msg', 'exc_value')
  const stacktrace = text('stack', 'stack_trace', 'stackTrace', 'stacktrace')
  if (message === undefined && stacktrace === undefined) return undefined
  return { type: text('type', 'exc_type', 'name', 'class'), message, stacktrace }
}

/** Python ends with what was raised, everybody else begins with it. */
function exceptionOfText(stacktrace: string): Exception {
  const lines = stacktrace.trim().split('\n')
  const told = stacktrace.trimStart().startsWith('Traceback') ? lines.findLast((line) => /^\S/.test(line)) : lines[0]
  const [, type, message] = /^([A-Za-z_$][\w$.]*)(?:: (.*))?$/.exec(told?.trim() ?? '') ?? []
  return { type, message, stacktrace }
}
