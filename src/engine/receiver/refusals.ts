/** Remembers the last requests that were turned away, so that a developer sees why an exporter's data doesn't arrive. */

import { fromUnixMillis } from '#shared/model/time.ts'

const kept = 50
const maxMessageCharacters = 500

export interface Refused {
  readonly transport: 'grpc' | 'http'
  /** HTTP path or gRPC method. */
  readonly target: string
  /** HTTP status or gRPC status name. */
  readonly status: string
  readonly message: string
  /** Address and user agent, where known. */
  readonly sender: string
}

export interface Refusal extends Refused {
  readonly atUnixNano: string
  /** How often in a row. */
  readonly count: number
}

export class RefusalLog {
  #refusals: readonly Refusal[] = []

  note(refused: Refused): void {
    const atUnixNano = fromUnixMillis(Date.now()).toString()
    const message = refused.message.slice(0, maxMessageCharacters)
    const same = this.#refusals.find(
      (other) =>
        other.transport === refused.transport &&
        other.target === refused.target &&
        other.status === refused.status &&
        other.message === message &&
        senderHost(other.sender) === senderHost(refused.sender),
    )
    const count = (same?.count ?? 0) + 1
    const rest = this.#refusals.filter((other) => other !== same)
    this.#refusals = [{ ...refused, message, atUnixNano, count }, ...rest].slice(0, kept)
  }

  /** Newest first. */
  get newest(): readonly Refusal[] {
    return this.#refusals
  }
}

/** A sender that connects anew has another port but is the same sender. */
function senderHost(sender: string): string {
  return sender.replace(/:\d+(?= |$)/, '')
}
