/** All receivers together: started, moved to other ports while data flows, and stopped. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { PortChoice } from './config.ts'
import { onFreePort } from './free-port.ts'
import { startGrpcReceiver } from './receiver/grpc.ts'
import { startHttpReceiver } from './receiver/http.ts'
import { portHolder } from './receiver/port-holder.ts'
import type { Receiver, ReceiverOptions } from './receiver/receiver.ts'

/** Open requests get this long to finish; their data is committed within it. */
const graceMs = 2_000

/** Empty while nothing is received. */
export interface Endpoints {
  readonly grpc: string
  readonly http: string
}

export interface Ports {
  readonly grpc: number
  readonly http: number
  /** For Zipkin clients, which can't be told a port; null for none. */
  readonly zipkin: number | null
}

type Protocol = keyof Ports

const protocols = ['grpc', 'http', 'zipkin'] as const
const names: Record<Protocol, string> = { grpc: 'OTLP/gRPC', http: 'OTLP/HTTP', zipkin: 'Zipkin' }
// Both ports of HTTP take whatever comes over HTTP.
const starters = { grpc: startGrpcReceiver, http: startHttpReceiver, zipkin: startHttpReceiver }

export class Receivers {
  readonly #options: Omit<ReceiverOptions, 'port'>
  #running: Partial<Record<Protocol, Receiver>> = {}
  /** Ports once had: who stopped receiving for a while comes back where senders know it. */
  readonly #had: Partial<Record<Protocol, number | null>> = {}
  /** Default ports that were taken, by whom, and what was taken instead. */
  readonly notices: string[] = []

  constructor(options: Omit<ReceiverOptions, 'port'>) {
    this.#options = options
  }

  get areOpen(): boolean {
    return Object.keys(this.#running).length > 0
  }

  /** Starts all that are chosen. Throws `SpanlightError` PORT_TAKEN for a port that was asked for; then none listens. */
  async open(choices: Readonly<Record<Protocol, PortChoice | undefined>>): Promise<void> {
    try {
      for (const protocol of protocols) {
        const choice = choices[protocol]
        if (choice) await this.#start(protocol, choice)
      }
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** A default gives way to the next free one. */
  async #start(protocol: Protocol, asked: PortChoice): Promise<void> {
    const choice: PortChoice = { ...asked, port: this.#had[protocol] ?? asked.port }
    const receiver = await onFreePort(choice, (port) => starters[protocol]({ ...this.#options, port })).catch(
      withHolder,
    )
    this.#running[protocol] = receiver
    if (choice.port === 0 || receiver.port === choice.port) return
    const holder = await portHolder(choice.port)
    const by = holder ? ` by ${holder}` : ''
    this.notices.push(`Port ${choice.port} is taken${by}: ${names[protocol]} listens on ${receiver.port} instead.`)
  }

  /** Listens on the new ports before it leaves the old ones. Throws PORT_TAKEN; then everything is as it was. */
  async move(ports: Ports): Promise<void> {
    const started: Partial<Record<Protocol, Receiver>> = {}
    try {
      for (const protocol of protocols) {
        const port = ports[protocol]
        if (port === null || this.ports[protocol] === port) continue
        started[protocol] = await starters[protocol]({ ...this.#options, port }).catch(withHolder)
      }
    } catch (error) {
      await Promise.all(Object.values(started).map((receiver) => receiver.close(0)))
      throw error
    }
    const left: Receiver[] = []
    for (const protocol of protocols) {
      const receiver = started[protocol]
      const old = this.#running[protocol]
      if (old && (receiver || ports[protocol] === null)) left.push(old)
      if (receiver) this.#running[protocol] = receiver
      else if (ports[protocol] === null) delete this.#running[protocol]
    }
    await Promise.all(left.map((receiver) => receiver.close(graceMs)))
  }

  get ports(): Ports {
    const { grpc, http, zipkin } = this.#running
    return { grpc: grpc?.port ?? 0, http: http?.port ?? 0, zipkin: zipkin?.port ?? null }
  }

  get endpoints(): Endpoints {
    const host = urlHost(this.#options.host)
    const { grpc, http } = this.ports
    const url = (port: number): string => (port === 0 ? '' : `http://${host}:${port}`)
    return { grpc: url(grpc), http: url(http) }
  }

  /** Stops accepting; resolves when open requests were answered. */
  async close(): Promise<void> {
    Object.assign(this.#had, this.areOpen ? this.ports : {})
    const running = Object.values(this.#running)
    this.#running = {}
    await Promise.all(running.map((receiver) => receiver.close(graceMs)))
  }
}

/** A host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Adds who holds the port, where the system tells. */
async function withHolder(error: unknown): Promise<never> {
  const port = error instanceof SpanlightError && error.code === 'PORT_TAKEN' ? error.data?.port : undefined
  const holder = typeof port === 'number' ? await portHolder(port) : undefined
  if (!(error instanceof SpanlightError) || holder === undefined) throw error
  throw new SpanlightError('PORT_TAKEN', error.message.replace('is taken.', `is taken by ${holder}.`), {
    ...error.data,
    holder,
  })
}
