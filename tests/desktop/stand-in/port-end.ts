/** One end of a message channel, wherever it lives: in main, in a utility process or in a page. */

/** Where an end went when it was transferred. */
export interface Elsewhere {
  deliver(message: string): void
  /** The other end was closed or its process died. */
  disconnected(): void
}

/** An end that stayed in main. */
export interface Here {
  deliver(message: string): void
  disconnected(): void
}

/** Messages are text of `page/wire.ts`. All of them pass through main, which is the only thing real Electron does otherwise. */
export class PortEnd {
  #peer: PortEnd | undefined
  #queue: string[] = []
  #here: Here | undefined
  #elsewhere: Elsewhere | undefined
  #started = false
  #disconnected = false
  #closed = false

  static pair(): [PortEnd, PortEnd] {
    const [one, other] = [new PortEnd(), new PortEnd()]
    one.#peer = other
    other.#peer = one
    return [one, other]
  }

  get transferred(): boolean {
    return this.#elsewhere !== undefined
  }

  get closed(): boolean {
    return this.#closed
  }

  belongTo(here: Here): void {
    this.#here = here
  }

  /** Until then what arrives waits, the news of a disconnection too. */
  start(): void {
    this.#started = true
    this.#flush()
  }

  send(message: string): void {
    const peer = this.#peer
    if (!this.#closed && peer !== undefined) peer.#receive(message)
  }

  moveTo(elsewhere: Elsewhere): void {
    this.#elsewhere = elsewhere
    this.#flush()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#queue = []
    const peer = this.#peer
    if (peer !== undefined) peer.#disconnect()
  }

  #receive(message: string): void {
    if (this.#closed) return
    this.#queue.push(message)
    this.#flush()
  }

  #disconnect(): void {
    if (this.#closed) return
    this.#disconnected = true
    this.#flush()
  }

  #flush(): void {
    const receiver = this.#elsewhere ?? (this.#started ? this.#here : undefined)
    if (receiver === undefined) return
    for (const message of this.#queue.splice(0)) receiver.deliver(message)
    if (!this.#disconnected || this.#closed) return
    this.#closed = true
    receiver.disconnected()
  }
}
