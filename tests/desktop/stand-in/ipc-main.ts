/** `ipcMain`: what preloads send and ask. A channel has one answerer. */

import { decodeWire, encodeWire } from './page/wire.ts'
import { StrictEmitter, strict } from './strict.ts'

type Handler = (event: object, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

/** Any channel may be listened to, so this one is not strict about events. */
class IpcMain extends StrictEmitter {
  constructor() {
    super('ipcMain', [])
  }

  override on(channel: string, listener: (...args: never[]) => void): this {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener as Handler])
    return this
  }

  override off(channel: string, listener: (...args: never[]) => void): this {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((each) => each !== (listener as Handler)),
    )
    return this
  }

  override removeListener(channel: string, listener: (...args: never[]) => void): this {
    return this.off(channel, listener)
  }

  override removeAllListeners(channel?: string): this {
    if (channel === undefined) listeners.clear()
    else listeners.delete(channel)
    return this
  }

  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function')
      throw new Error(`Expected handler to be a function, but found type '${typeof handler}'`)
    handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    handlers.delete(channel)
  }
}

const listeners = new Map<string, Handler[]>()

export const ipcMain = strict('ipcMain', new IpcMain())

/** A message that nobody listens to is lost, as in Electron. */
export function deliverIpc(event: object, channel: string, args: string): void {
  for (const listener of listeners.get(channel) ?? []) listener(event, ...(decodeWire(args) as unknown[]))
}

/** The result as text. Rejects with the words the page's promise is to be rejected with. */
export async function answerIpc(event: object, channel: string, args: string): Promise<string> {
  const prefix = `Error invoking remote method '${channel}': `
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`${prefix}Error: No handler registered for '${channel}'`)
  try {
    return encodeWire(await handler(event, ...(decodeWire(args) as unknown[])))
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    throw new Error(`${prefix}${String(error)}`)
  }
}
