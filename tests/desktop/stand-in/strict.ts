/** Makes a model of something of Electron's refuse whatever it doesn't model, loudly and by name. */

import { EventEmitter } from 'node:events'

export function notModelled(what: string): Error {
  return new Error(`not modelled by the stand-in: ${what}`)
}

/** What the language itself asks of any object it awaits, prints or compares. */
const askedOfAnyObject = new Set(['then', 'toJSON', 'constructor', 'inspect', 'nodeType', 'asymmetricMatch'])

const faces = new WeakMap<object, object>()

/** The face that the app sees of a model, always the same: reading, writing or calling anything the model lacks throws. */
export function strict<Model extends object>(name: string, model: Model): Model {
  const face = (faces.get(model) as Model | undefined) ?? faceOf(name, model)
  faces.set(model, face)
  return face
}

/** A class whose instances and static members are strict. */
export function strictClass<Class extends new (...args: never[]) => object>(name: string, model: Class): Class {
  return new Proxy(model, {
    construct: (target, args: never[]) => strict(name, new target(...args)),
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, target) as unknown
      throw notModelled(`${name}.${key}`)
    },
  })
}

/** For what goes wrong where nobody could catch it: better a dead stand-in than a green one. */
export function giveUp(error: unknown): never {
  console.error('[stand-in]', error)
  process.exit(70)
}

function faceOf<Model extends object>(name: string, model: Model): Model {
  return new Proxy(model, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) {
        const value: unknown = Reflect.get(target, key, target)
        // Bound, because a proxy has none of its target's private fields.
        return typeof value === 'function' && !isClass(value) ? value.bind(target) : value
      }
      if (askedOfAnyObject.has(key)) return undefined
      throw notModelled(`${name}.${key}`)
    },
    set(target, key, value) {
      if (typeof key === 'string' && !(key in target)) throw notModelled(`setting ${name}.${key}`)
      return Reflect.set(target, key, value, target)
    },
  })
}

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}

/** Refuses options that the stand-in doesn't know; returns the same. */
export function onlyKnown<Options extends object>(where: string, options: Options, known: readonly string[]): Options {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${where}: options must be an object`)
  for (const key of Object.keys(options)) if (!known.includes(key)) throw notModelled(`${where}, option ${key}`)
  return options
}

/** Listening to an event it doesn't model throws: the listener would wait for ever. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string
  readonly #known: ReadonlySet<string>

  constructor(name: string, known: readonly string[]) {
    super()
    this.#name = name
    this.#known = new Set(known)
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    this.#check(event)
    return super.on(event, listener as () => void)
  }

  override addListener(event: string, listener: (...args: never[]) => void): this {
    return this.on(event, listener)
  }

  override prependListener(event: string, listener: (...args: never[]) => void): this {
    this.#check(event)
    return super.prependListener(event, listener as () => void)
  }

  override prependOnceListener(event: string, listener: (...args: never[]) => void): this {
    this.#check(event)
    return super.prependOnceListener(event, listener as () => void)
  }

  #check(event: string): void {
    if (!this.#known.has(event)) throw notModelled(`event ${this.#name}.on('${event}')`)
  }
}

/** An event as Electron passes it to listeners that may refuse what is about to happen. */
export interface PreventableEvent {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

export function preventable<Details extends object>(details: Details): PreventableEvent & Details {
  let prevented = false
  return Object.defineProperties(details, {
    preventDefault: {
      value: () => {
        prevented = true
      },
    },
    defaultPrevented: { get: () => prevented },
  }) as PreventableEvent & Details
}
