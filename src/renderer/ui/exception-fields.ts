/** Reads an exception from attributes, on a span event or on a log record alike (semantic conventions, "Exceptions"). */

export interface ExceptionFields {
  readonly type: string
  readonly message: string
  readonly stacktrace: string
}

const exceptionKeys = new Set(['exception.type', 'exception.message', 'exception.stacktrace'])

/** The exception, or `undefined` when there is none. */
export function exceptionFields(attributes: Readonly<Record<string, unknown>>): ExceptionFields | undefined {
  const text = (key: string) => {
    const value = attributes[key]
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  }
  const fields = {
    type: text('exception.type'),
    message: text('exception.message'),
    stacktrace: text('exception.stacktrace'),
  }
  return fields.type === '' && fields.message === '' && fields.stacktrace === '' ? undefined : fields
}

/** The attributes that are not told by the exception itself. */
export function otherAttributes(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !exceptionKeys.has(key)))
}
