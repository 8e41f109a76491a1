/** Requests to a service of one's own: each with a trace of its own, begun by a client span of the lab. */

import type { OutgoingHttpHeaders } from 'node:http'
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { LabTarget } from '#shared/contract/loadlab-status.ts'
import type { Answered, OutgoingRequest } from './generator.ts'
import { formatTraceparent, freshFlags } from './runtime/propagation.ts'
import type { ServiceTelemetry } from './telemetry/service-telemetry.ts'

export type Target = LabTarget

const maxHeaders = 50

export interface AskedTarget extends Target {
  readonly confirmedHost?: string | undefined
}

/** Throws BAD_INPUT: for what is no URL, and for an address that is not this machine and was not confirmed. */
export function checkTarget({ url, method, headers, body, confirmedHost }: AskedTarget): Target {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
    throw new SpanlightError('BAD_INPUT', `"${url}" is no URL: write http://localhost:8080/path.`)
  if (parsed.username || parsed.password)
    throw new SpanlightError('BAD_INPUT', 'Put credentials into a header, not into the URL.')
  const { hostname } = parsed
  if (!isLoopback(hostname) && confirmedHost !== hostname)
    throw new SpanlightError(
      'BAD_INPUT',
      `${hostname} is not this machine. Confirm the host to send load to it: only to what is yours.`,
      { reason: 'not-loopback', host: hostname },
    )
  if (Object.keys(headers).length > maxHeaders)
    throw new SpanlightError('BAD_INPUT', `At most ${maxHeaders} headers can be sent.`)
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) throw new SpanlightError('BAD_INPUT', `"${name}" is no header name.`)
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new SpanlightError('BAD_INPUT', `The value of the header ${name} can't be sent.`)
    if (['traceparent', 'tracestate', 'host', 'content-length', 'connection'].includes(name.toLowerCase()))
      throw new SpanlightError('BAD_INPUT', `The header ${name} is set by the load lab.`)
  }
  return { url: parsed.href, method, headers, body }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

export class TargetClient {
  readonly #target: Target
  readonly #telemetry: ServiceTelemetry

  constructor(target: Target, telemetry: ServiceTelemetry) {
    this.#target = target
    this.#telemetry = telemetry
  }

  next(): { readonly request: OutgoingRequest; done(answered: Answered): void } {
    const { url, method, headers, body } = this.#target
    const { hostname, port, protocol } = new URL(url)
    const span = this.#telemetry.startSpan(
      method,
      SpanKind.CLIENT,
      {
        'http.request.method': method,
        'url.full': url,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
      },
      ROOT_CONTEXT,
    )
    const { traceId, spanId } = span.spanContext()
    const sent: OutgoingHttpHeaders = { ...headers, traceparent: formatTraceparent(traceId, spanId, freshFlags) }
    return {
      request: { url, method, headers: sent, body },
      done: ({ status, error }) => {
        if (status !== undefined) span.setAttribute('http.response.status_code', status)
        const type = status === undefined ? (error ?? 'failed') : status >= 400 ? String(status) : undefined
        this.#telemetry.endSpan(span, type === undefined ? undefined : { type, message: `${method} ${url}: ${type}` })
      },
    }
  }
}
