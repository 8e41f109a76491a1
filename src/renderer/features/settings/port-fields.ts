/** The port fields: what is typed, what is wrong with it, and which of them a refusal belongs to. */

export interface PortTexts {
  readonly grpc: string
  readonly http: string
  /** Empty for no port. */
  readonly zipkin: string
}

export type PortName = keyof PortTexts

/** A port number, or undefined when the text is none that can be listened on. */
export function parsePort(text: string): number | undefined {
  const port = Number(text.trim())
  return /^\d{1,5}$/.test(text.trim()) && port >= 1 && port <= 65_535 ? port : undefined
}

/** A port, null where none is wanted, undefined when it is neither. */
export function parseOptionalPort(text: string): number | null | undefined {
  return text.trim() === '' ? null : parsePort(text)
}

/** What is wrong with what is typed, by field; empty when it can be applied. */
export function portProblems(texts: PortTexts): Partial<Record<PortName, string>> {
  const grpc = parsePort(texts.grpc)
  const http = parsePort(texts.http)
  const zipkin = parseOptionalPort(texts.zipkin)
  const range = 'Write a port from 1 to 65535'
  return {
    ...(grpc === undefined ? { grpc: range } : {}),
    ...(http === undefined ? { http: range } : grpc === http ? { http: 'gRPC and HTTP need a port each' } : {}),
    ...(zipkin === undefined ? { zipkin: `${range}, or nothing` } : {}),
    ...(typeof zipkin === 'number' && (zipkin === grpc || zipkin === http) ? { zipkin: 'It is in use above' } : {}),
  }
}

/** The field whose port the engine could not bind, by the port that its error names. */
export function refusedField(texts: PortTexts, error: unknown): PortName | undefined {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined
  const port = typeof data === 'object' && data !== null && 'port' in data ? data.port : undefined
  if (port === undefined) return undefined
  return (['grpc', 'http', 'zipkin'] as const).find((name) => port === parsePort(texts[name]))
}
