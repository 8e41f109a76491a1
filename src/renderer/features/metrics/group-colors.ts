/** Colours of groups: a service has its own, others get one of twelve when they are first seen and keep it. */

import { serviceColor, serviceColorCount } from '../../ui/service-color.ts'

export interface GroupColor {
  /** A CSS colour. */
  readonly color: string
  /** True from the thirteenth group on, whose colours have been used before. */
  readonly isDashed: boolean
}

/** Neighbours in rank get colours far apart; slots as in the tokens. */
const order = [1, 11, 2, 4, 3, 5, 7, 9, 10, 6, 12, 8]

/** Remembers which group got which colour, so that a group that rises or falls in rank keeps its own. */
export class GroupColors {
  readonly #slots = new Map<string, number>()

  of(id: string): GroupColor {
    const slot = this.#slots.get(id) ?? this.#slots.size
    this.#slots.set(id, slot)
    return {
      color: `var(--s${order[slot % order.length] ?? 1})`,
      isDashed: Math.floor(slot / serviceColorCount) % 2 === 1,
    }
  }
}

export function colorOfService(name: string): GroupColor {
  return { color: serviceColor(name), isDashed: false }
}
