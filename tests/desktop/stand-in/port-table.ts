/** The ports that went to one process or page, by the numbers both sides call them. */

import { transferPorts } from './message-port-main.ts'
import type { PortEnd } from './port-end.ts'

export interface Wire {
  deliver(port: number, message: string): void
  disconnected(port: number): void
}

let lastNumber = 0

export class PortTable {
  readonly #ends = new Map<number, PortEnd>()
  readonly #wire: Wire

  constructor(wire: Wire) {
    this.#wire = wire
  }

  /** Takes the ports over and calls `announce` with their numbers before anything is delivered to them. */
  take(transfer: unknown, announce: (numbers: readonly number[]) => void): void {
    const count = Array.isArray(transfer) ? transfer.length : 0
    const first = lastNumber + 1
    lastNumber += count
    const held: (() => void)[] = []
    let announced = false
    const inOrder = (action: () => void): void => {
      if (announced) action()
      else held.push(action)
    }
    transferPorts(transfer, (end, index) => {
      const number = first + index
      this.#ends.set(number, end)
      return {
        deliver: (message) => inOrder(() => this.#wire.deliver(number, message)),
        disconnected: () =>
          inOrder(() => {
            this.#ends.delete(number)
            this.#wire.disconnected(number)
          }),
      }
    })
    announce(Array.from({ length: count }, (_, index) => first + index))
    announced = true
    for (const action of held) action()
  }

  /** What the other side sent through one of its ports. */
  sent(port: number, message: string): void {
    this.#ends.get(port)?.send(message)
  }

  closed(port: number): void {
    this.#ends.get(port)?.close()
    this.#ends.delete(port)
  }

  /** The other side is gone with all its ports. */
  closeAll(): void {
    for (const end of this.#ends.values()) end.close()
    this.#ends.clear()
  }
}
