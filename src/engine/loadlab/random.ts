/** Random numbers that repeat with their seed: sfc32, one stream for each purpose, so that none disturbs another. */

/** A number from 0 (included) to 1 (not included). */
export type Random = () => number

/** FNV-1a with a final mix, to make seeds of words. */
function hash(text: string, salt: number): number {
  let value = 2_166_136_261 ^ salt
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16_777_619)
  value = Math.imul(value ^ (value >>> 16), 2_246_822_507)
  return (value ^ (value >>> 13)) >>> 0
}

/** The stream of a seed and a purpose. */
export function randomOf(seed: number, purpose: string): Random {
  const key = `${seed}/${purpose}`
  let a = hash(key, 1)
  let b = hash(key, 2)
  let c = hash(key, 3)
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  // The first numbers of similar seeds are alike.
  for (let round = 0; round < 12; round++) next()
  return next
}

/** A whole number from `min` to `max`, both included. */
export function wholeBetween(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const left = [...items]
  const result: Item[] = []
  while (left.length > 0) result.push(...left.splice(Math.floor(random() * left.length), 1))
  return result
}

/** By weight; undefined when all are 0. */
export function pickWeighted<Item extends { readonly weight: number }>(
  random: Random,
  items: readonly Item[],
): Item | undefined {
  let rest = random() * items.reduce((sum, { weight }) => sum + weight, 0)
  for (const item of items) {
    rest -= item.weight
    if (rest < 0) return item
  }
  return undefined
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** P99 of the standard normal distribution. */
const normalP99 = 2.326

/** Log-normal, as latencies are: half lie under `p50Ms`, one in a hundred over `p99Ms`. */
export function latencyOf(
  random: Random,
  { p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number },
): number {
  if (p50Ms <= 0) return 0
  const sigma = Math.log(Math.max(p99Ms, p50Ms) / p50Ms) / normalP99
  // One in ten thousand would be far beyond what the numbers promise.
  return Math.min(p50Ms * Math.exp(sigma * normal(random)), p99Ms * 2)
}
