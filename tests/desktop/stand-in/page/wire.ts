/** Values as text, for messages that cross between processes and worlds: what structured cloning carries, and no more. */

type Tagged = { readonly $: string; readonly v?: unknown }

const arrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const

/** Throws what Electron throws for functions, ports, blobs, promises and everything else that can't be cloned. */
export function encodeWire(value: unknown): string {
  return JSON.stringify(toTagged(value, 0))
}

export function decodeWire(text: string): unknown {
  return fromTagged(JSON.parse(text))
}

function toTagged(value: unknown, depth: number): unknown {
  if (depth > 500) throw cloneError('it is nested too deeply or contains itself')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
  if (typeof value !== 'object') throw cloneError(`a ${typeof value}`)
  if (Array.isArray(value)) return value.map((item) => toTagged(item, depth + 1))
  return objectToTagged(value, depth)
}

function objectToTagged(value: object, depth: number): unknown {
  // By the tag, because values made in another world or realm are no instances of this one's classes.
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  if (kind in arrays || kind === 'DataView') {
    const { buffer, byteOffset, byteLength } = value as ArrayBufferView
    return { $: kind, v: toBase64(new Uint8Array(buffer, byteOffset, byteLength)) }
  }
  if (kind === 'ArrayBuffer') return { $: kind, v: toBase64(new Uint8Array(value as ArrayBuffer)) }
  if (kind === 'Date') return { $: kind, v: (value as Date).getTime() }
  if (kind === 'Map')
    return { $: kind, v: [...(value as Map<unknown, unknown>)].map((pair) => toTagged(pair, depth + 1)) }
  if (kind === 'Set') return { $: kind, v: [...(value as Set<unknown>)].map((item) => toTagged(item, depth + 1)) }
  if (kind === 'Error') {
    const { name, message, stack } = value as Error
    return { $: kind, v: { name, message, stack } }
  }
  // What has a class of its own would arrive without it: nobody means that.
  const prototype: unknown = Object.getPrototypeOf(value)
  if (kind !== 'Object' || (prototype !== null && Object.getPrototypeOf(prototype) !== null))
    throw cloneError(`a ${kind === 'Object' ? value.constructor.name : kind}`)
  const entries = Object.entries(value).map(([key, item]) => [key, toTagged(item, depth + 1)] as const)
  return '$' in value ? { $: 'entries', v: entries } : Object.fromEntries(entries)
}

function fromTagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(fromTagged)
  if (!('$' in value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromTagged(item)]))
  const { $: kind, v } = value as Tagged
  if (kind === 'undefined') return undefined
  if (kind === 'number') return Number(v)
  if (kind === 'bigint') return BigInt(v as string)
  if (kind === 'entries')
    return Object.fromEntries((v as [string, unknown][]).map(([key, item]) => [key, fromTagged(item)]))
  if (kind === 'Date') return new Date(v as number)
  if (kind === 'Map') return new Map((v as unknown[]).map((pair) => fromTagged(pair) as [unknown, unknown]))
  if (kind === 'Set') return new Set((v as unknown[]).map(fromTagged))
  if (kind === 'Error') {
    const { name, message, stack } = v as Error
    return Object.assign(new Error(message), { name, stack })
  }
  const { buffer } = fromBase64(v as string)
  if (kind === 'ArrayBuffer') return buffer
  if (kind === 'DataView') return new DataView(buffer)
  return new arrays[kind as keyof typeof arrays](buffer)
}

function cloneError(what: string): Error {
  return new Error(`An object could not be cloned. (${what})`)
}

function toBase64(bytes: Uint8Array): string {
  // Spreading a large array into arguments overflows the stack.
  let binary = ''
  for (let from = 0; from < bytes.length; from += 32_768)
    binary += String.fromCharCode(...bytes.subarray(from, from + 32_768))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
