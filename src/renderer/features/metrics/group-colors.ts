/** Colours of groups: a service has its own, others get one of twelve when they are first seen; all keep theirs. */

import { serviceColor, serviceColorCount } from '../../ui/service-color.ts'

export interface GroupColor {
  /** A CSS colour. */
  readonly color: string
  /** Where a colour has been used before: from the thirteenth group on, or for services that share one. */
  readonly isDashed: boolean
}

/** Neighbours in rank get colours far apart; slots as in the tokens. */
const order = [1, 11, 2, 4, 3, 5, 7, 9, 10, 6, 12, 8]

/** Remembers which group got which colour, so that a group that rises or falls in rank keeps its own. */
export class GroupColors {
  readonly #slots = new Map<string, number>()
  readonly #services = new Map<string, GroupColor>()

  of(id: string): GroupColor {
    const slot = this.#slots.get(id) ?? this.#slots.size
    this.#slots.set(id, slot)
    return {
      color: `var(--s${order[slot % order.length] ?? 1})`,
      isDashed: Math.floor(slot / serviceColorCount) % 2 === 1,
    }
  }

  ofService(name: string): GroupColor {
    const color = serviceColor(name)
    const sharing = [...this.#services.values()].filter((known) => known.color === color)
    const own = this.#services.get(name) ?? { color, isDashed: sharing.length % 2 === 1 }
    this.#services.set(name, own)
    return own
  }
}
