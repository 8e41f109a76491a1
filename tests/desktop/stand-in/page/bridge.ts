/** The way between the preload's world and the page's: calls and copies cross, objects never do. */

type Sent =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'array'; readonly items: readonly Sent[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Sent])[] }
  | { readonly kind: 'error'; readonly message: string }

type Message =
  | { readonly type: 'expose'; readonly key: string; readonly api: Sent }
  | { readonly type: 'call'; readonly id: number; readonly args: readonly Sent[]; readonly reply: string }
  | { readonly type: 'settled'; readonly id: number; readonly failed: boolean; readonly value: Sent }

type Reply = { readonly failed: boolean; readonly value: Sent }
type AnyFunction = (...args: unknown[]) => unknown

export interface Bridge {
  expose(key: string, api: unknown): void
}

/** `incoming` and `outgoing` name the events of the two directions; `onExpose` takes what the other world exposes. */
export function openBridge(incoming: string, outgoing: string, onExpose: (key: string, api: unknown) => void): Bridge {
  const functions = new Map<number, AnyFunction>()
  const settlers = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>()
  let lastId = 0

  // Events are dispatched synchronously, and each world gets its own copy of the data.
  const dispatch = (name: string, data: Message | Reply): void => {
    window.dispatchEvent(new MessageEvent(name, { data }))
  }

  function toSent(value: unknown, depth = 0): Sent {
    if (depth > 100) throw new Error('An object could not be cloned. (it contains itself)')
    if (value === null || ['undefined', 'boolean', 'number', 'string', 'bigint'].includes(typeof value))
      return { kind: 'value', value }
    if (typeof value === 'function') {
      lastId++
      functions.set(lastId, value as AnyFunction)
      return { kind: 'function', id: lastId }
    }
    if (value instanceof Promise) return promiseToSent(value)
    if (value instanceof Error) return { kind: 'error', message: value.message }
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => toSent(item, depth + 1)) }
    if (value instanceof Date || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      return { kind: 'value', value }
    const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined
    if (typeof value !== 'object' || value === null || (prototype !== Object.prototype && prototype !== null))
      throw new Error(`An object could not be cloned. (${Object.prototype.toString.call(value)} across contextBridge)`)
    return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, toSent(item, depth + 1)]) }
  }

  function promiseToSent(promise: Promise<unknown>): Sent {
    lastId++
    const id = lastId
    const settle = (failed: boolean, value: unknown): void => {
      try {
        dispatch(outgoing, { type: 'settled', id, failed, value: toSent(value) })
      } catch (error) {
        dispatch(outgoing, { type: 'settled', id, failed: true, value: toSent(error) })
      }
    }
    promise.then(
      (value) => settle(false, value),
      (error: unknown) => settle(true, error),
    )
    return { kind: 'promise', id }
  }

  function fromSent(sent: Sent): unknown {
    switch (sent.kind) {
      case 'value':
        return sent.value
      case 'error':
        return new Error(sent.message)
      case 'array':
        return Object.freeze(sent.items.map(fromSent))
      case 'object':
        return Object.freeze(Object.fromEntries(sent.entries.map(([key, item]) => [key, fromSent(item)])))
      case 'function':
        return (...args: unknown[]) => callThere(sent.id, args)
      case 'promise':
        return new Promise((resolve, reject) => settlers.set(sent.id, { resolve, reject }))
    }
  }

  function callThere(id: number, args: readonly unknown[]): unknown {
    lastId++
    const reply = `${outgoing}:${lastId}`
    let answer: Reply | undefined
    const take = (event: Event): void => {
      answer = (event as MessageEvent<Reply>).data
    }
    window.addEventListener(reply, take, { once: true })
    dispatch(outgoing, { type: 'call', id, args: args.map((arg) => toSent(arg)), reply })
    if (answer === undefined) throw new Error('The other world gave no answer')
    const value = fromSent(answer.value)
    if (answer.failed) throw value
    return value
  }

  function callHere({ id, args, reply }: Extract<Message, { type: 'call' }>): void {
    let answer: Reply
    try {
      answer = { failed: false, value: toSent(functions.get(id)?.(...args.map(fromSent))) }
    } catch (error) {
      answer = { failed: true, value: toSent(error instanceof Error ? error : new Error(String(error))) }
    }
    dispatch(reply, answer)
  }

  window.addEventListener(incoming, (event) => {
    event.stopImmediatePropagation()
    const message = (event as MessageEvent<Message>).data
    if (message.type === 'expose') onExpose(message.key, fromSent(message.api))
    else if (message.type === 'call') callHere(message)
    else {
      const value = fromSent(message.value)
      const settler = settlers.get(message.id)
      settlers.delete(message.id)
      if (message.failed) settler?.reject(value)
      else settler?.resolve(value)
    }
  })
  return { expose: (key, api) => dispatch(outgoing, { type: 'expose', key, api: toSent(api) }) }
}
