/** HTTP as it goes over the wire: any path, any header, any body; fetch forbids and mends too much. */

import { type IncomingHttpHeaders, request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  json(): unknown
}

export interface Call {
  readonly method?: string
  /** Sent as it stands; the URL's own path when absent. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Several parts are sent chunked. */
  readonly body?: Uint8Array | string | readonly Uint8Array[]
}

export function call(url: string, { method = 'GET', path, headers = {}, body }: Call = {}): Promise<Answer> {
  const { hostname, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        port,
        path: path ?? pathname + search,
        method,
        headers,
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(parts)
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: bytes,
            json: () => JSON.parse(bytes.toString()) as unknown,
          })
        })
      },
    )
    outgoing.on('error', reject)
    if (Array.isArray(body)) for (const part of body as readonly Uint8Array[]) outgoing.write(part)
    else if (body !== undefined) outgoing.write(body as Uint8Array | string)
    outgoing.end()
  })
}
