/** `MessageChannelMain` and `MessagePortMain`: queue until started, and transfer nothing but ports. */

import { decodeWire, encodeWire } from './page/wire.ts'
import { type Elsewhere, PortEnd } from './port-end.ts'
import { notModelled, StrictEmitter, strict } from './strict.ts'

const ends = new WeakMap<object, PortEnd>()

export class MessagePortMain extends StrictEmitter {
  readonly #end: PortEnd

  private constructor(end: PortEnd) {
    super('MessagePortMain', ['message', 'close'])
    this.#end = end
  }

  static around(end: PortEnd): MessagePortMain {
    const model = new MessagePortMain(end)
    const port = strict('MessagePortMain', model)
    ends.set(port, end)
    end.belongTo({
      // Never within the sender's own call.
      deliver: (message) => setImmediate(() => model.emit('message', { data: decodeWire(message), ports: [] })),
      disconnected: () => setImmediate(() => model.emit('close')),
    })
    return port
  }

  start(): void {
    this.#end.start()
  }

  close(): void {
    this.#end.close()
  }

  postMessage(message: unknown, transfer: unknown = []): void {
    if (this.#end.transferred) throw new Error('This port was transferred and can no longer be used here.')
    if (endsOf(transfer).length > 0) throw notModelled('ports sent through a MessagePortMain')
    this.#end.send(encodeWire(message))
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [one, other] = PortEnd.pair()
    this.port1 = MessagePortMain.around(one)
    this.port2 = MessagePortMain.around(other)
  }
}

/** The ends behind a list of ports to transfer. Throws for anything that isn't one, as Electron does. */
function endsOf(transfer: unknown): PortEnd[] {
  if (!Array.isArray(transfer)) throw new TypeError('Invalid value for transfer')
  return transfer.map((item: unknown, index) => {
    const end = typeof item === 'object' && item !== null ? ends.get(item) : undefined
    if (end === undefined) throw new TypeError(`Port at index ${index} is not a valid port`)
    if (end.transferred || end.closed) throw new Error(`Port at index ${index} is already neutered`)
    return end
  })
}

/** Moves ports elsewhere; all of them or, when one is refused, none. */
export function transferPorts(transfer: unknown, elsewhere: (end: PortEnd, index: number) => Elsewhere): void {
  const moving = endsOf(transfer)
  if (new Set(moving).size !== moving.length) throw new TypeError('Port appears in the list twice')
  moving.forEach((end, index) => {
    end.moveTo(elsewhere(end, index))
  })
}
