/** Each service's colour: one of twelve, by its name alone, so it is the same on every screen and in every session. */

export const serviceColorCount = 12

/** 1 to 12 (FNV-1a of the name). */
export function serviceColorSlot(service: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < service.length; index++) {
    hash ^= service.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  // The low bits of FNV alone are poorly mixed for names that differ at their end.
  hash ^= hash >>> 15
  return ((hash >>> 0) % serviceColorCount) + 1
}

const slots: ReadonlyMap<number, string> = new Map(
  Array.from({ length: serviceColorCount }, (_, index) => [index + 1, `var(--s${index + 1})`]),
)

/** A CSS colour. */
export function serviceColor(service: string): string {
  return slots.get(serviceColorSlot(service)) ?? 'var(--s1)'
}
