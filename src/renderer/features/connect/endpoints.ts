/** Where services send to, as seen from this machine, from containers and from WSL. */

export interface Endpoints {
  readonly grpc: string
  readonly http: string
}

export type Protocol = 'grpc' | 'http'

const everyAddress = new Set(['0.0.0.0', '[::]', '::'])
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]', '::1'])

interface Address {
  readonly host: string
  readonly port: string
}

function addressOf(endpoint: string): Address {
  const url = new URL(/^[a-z]+:\/\//i.test(endpoint) ? endpoint : `http://${endpoint}`)
  return { host: url.hostname, port: url.port === '' ? '80' : url.port }
}

/** The endpoint as a service on this machine writes it: a listener on every address is reached over loopback. */
export function localEndpoint(endpoint: string): string {
  const { host, port } = addressOf(endpoint)
  return `http://${everyAddress.has(host) ? '127.0.0.1' : host}:${port}`
}

/** The endpoint with another host, for services that see this machine under another name. */
export function endpointAt(host: string, endpoint: string): string {
  return `http://${host}:${addressOf(endpoint).port}`
}

/** `host:port` without the scheme, as gRPC targets are written in the Collector. */
export function authority(endpoint: string): string {
  return localEndpoint(endpoint).replace('http://', '')
}

/** Whether only this machine can reach it. */
export function isLoopbackOnly(endpoint: string): boolean {
  return loopback.has(addressOf(endpoint).host)
}
