/** In the preload's isolated world: `require('electron')`, and nothing else, for a preload that runs as under the sandbox. */

import { openBridge } from './bridge.ts'
import type { FromPage, Secrets, ToPage } from './messages.ts'
import { decodeWire, encodeWire } from './wire.ts'

type Listener = (event: object, ...args: unknown[]) => void
type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void

interface World {
  readonly secrets: Secrets
  readonly preloadPath: string
  readonly process: object
}

export function openPreloadWorld({ secrets, preloadPath, process }: World, preload: Preload): void {
  const binding = Reflect.get(globalThis, secrets.binding) as (text: string) => void
  const toMain = (message: FromPage): void => binding(JSON.stringify(message))
  const { ipcRenderer, receive } = ipc(toMain)
  const electron = { ipcRenderer: guarded('ipcRenderer', ipcRenderer), contextBridge: contextBridge(secrets) }
  Object.assign(globalThis, { [`${secrets.binding}In`]: (text: string) => receive(JSON.parse(text) as ToPage) })

  const require = (name: string): unknown => {
    if (name === 'electron') return guarded('electron', electron)
    throw new Error(`module not found: ${name}`)
  }
  try {
    const module = { exports: {} }
    preload(require, module, module.exports, guarded('process', process))
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    console.error(`Unable to load preload script: ${preloadPath}\n${reason}`)
    toMain({ type: 'preload-failed', reason })
  }
}

function guarded<Model extends object>(name: string, model: Model): Model {
  return new Proxy(model, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key)
      throw new Error(`not modelled by the stand-in: ${name}.${key} in a sandboxed preload`)
    },
  })
}

function contextBridge(secrets: Secrets): object {
  const exposed = new Set<string>()
  const bridge = openBridge(`${secrets.event}:preload`, `${secrets.event}:main`, () => undefined)
  return guarded('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (exposed.has(key))
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`)
      exposed.add(key)
      bridge.expose(key, api)
    },
  })
}

function ipc(toMain: (message: FromPage) => void) {
  const listeners = new Map<string, Set<{ listener: Listener; once: boolean }>>()
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const ports = bridgedPorts(toMain)
  let lastCall = 0

  const add = (channel: string, listener: Listener, once: boolean): void => {
    const all = listeners.get(channel) ?? new Set()
    listeners.set(channel, all.add({ listener, once }))
  }
  const remove = (channel: string, listener: Listener): void => {
    const all = listeners.get(channel)
    for (const entry of all ?? []) if (entry.listener === listener) all?.delete(entry)
  }
  const ipcRenderer = {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => void listeners.delete(channel),
    send: (channel: string, ...args: unknown[]) => toMain({ type: 'send', channel, args: encodeWire(args) }),
    invoke: (channel: string, ...args: unknown[]) => {
      lastCall++
      const call = lastCall
      toMain({ type: 'invoke', call, channel, args: encodeWire(args) })
      return new Promise((resolve, reject) => calls.set(call, { resolve, reject }))
    },
  }

  function receive(message: ToPage): void {
    if (message.type === 'port') ports.deliver(message.port, message.message)
    else if (message.type === 'port-closed') ports.close(message.port)
    else if (message.type === 'ipc') {
      const event = { ports: message.ports.map((number) => ports.open(number)) }
      for (const entry of [...(listeners.get(message.channel) ?? [])]) {
        if (entry.once) listeners.get(message.channel)?.delete(entry)
        entry.listener(event, ...(decodeWire(message.args) as unknown[]))
      }
    } else {
      const call = calls.get(message.call)
      calls.delete(message.call)
      if (message.type === 'answer') call?.resolve(decodeWire(message.result))
      else call?.reject(new Error(message.reason))
    }
  }
  return { ipcRenderer, receive }
}

/** The page gets one end of a channel of its own; what comes out of the other goes to main, and the other way round. */
function bridgedPorts(toMain: (message: FromPage) => void) {
  const far = new Map<number, MessagePort>()
  return {
    open: (number: number): MessagePort => {
      const { port1, port2 } = new MessageChannel()
      far.set(number, port1)
      port1.addEventListener('message', ({ data, ports }) => {
        if (ports.length > 0) throw new Error('not modelled by the stand-in: ports sent through a port of a page')
        toMain({ type: 'port', port: number, message: encodeWire(data) })
      })
      port1.addEventListener('close', () => {
        far.delete(number)
        toMain({ type: 'port-closed', port: number })
      })
      port1.start()
      return port2
    },
    deliver: (number: number, message: string) => far.get(number)?.postMessage(decodeWire(message)),
    close: (number: number) => {
      far.get(number)?.close()
      far.delete(number)
    },
  }
}
