/** Which faults are on, and the traces they showed in. Asked at each place where a fault could be. */

import type { FaultName } from './fault-catalog.ts'
import type { PlacedFault } from './place-fault.ts'
import { randomOf } from './random.ts'
import { Share } from './share.ts'

/** Where a fault was seen last: the way to an example. */
export interface Trace {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  readonly unixMs: number
}

export interface ActiveFaultState extends PlacedFault {
  readonly id: string
  readonly sinceUnixNano: bigint
  untilUnixNano: bigint | null
  /** Not to be told: somebody is looking for it. */
  readonly secret: boolean
  evidence: Trace | undefined
  timer: NodeJS.Timeout | undefined
}

export function faultId(fault: string, where: string): string {
  return `${fault}@${where}`
}

/** What one request carries about faults of its own. */
export interface RequestFaults {
  /** Who draws: each has a share of its own, so that it is exact for each. */
  readonly by: string
  /** Injected in this request alone. */
  readonly only: PlacedFault | undefined
  /** A request is hit by a fault at a place or it is not, however often it comes by. */
  readonly drawn: Map<string, boolean>
}

export class ActiveFaults {
  readonly #active = new Map<string, ActiveFaultState>()
  readonly #shares = new Map<string, Share>()
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  get all(): readonly ActiveFaultState[] {
    return [...this.#active.values()]
  }

  get(id: string): ActiveFaultState | undefined {
    return this.#active.get(id)
  }

  put(state: ActiveFaultState): void {
    this.#active.set(state.id, state)
  }

  remove(id: string): void {
    this.#active.delete(id)
  }

  /** Strength of a fault that is on here, for all or for this request; 0 for one without strength. */
  strength(fault: FaultName, where: string, request?: RequestFaults): number | undefined {
    const only = request?.only
    if (only?.fault === fault && only.where === where) return only.strength ?? 0
    const state = this.#active.get(faultId(fault, where))
    return state === undefined ? undefined : (state.strength ?? 0)
  }

  /** Whether this request belongs to the share that the fault hits here. */
  hits(fault: FaultName, where: string, request: RequestFaults): boolean {
    const id = faultId(fault, where)
    const known = request.drawn.get(id)
    if (known !== undefined) return known
    const hit = this.#draw(fault, where, request)
    request.drawn.set(id, hit)
    return hit
  }

  /** As `hits`, drawn anew each time: for calls, spans and attempts. */
  hitsNow(fault: FaultName, where: string, request: RequestFaults): boolean {
    return this.#draw(fault, where, request)
  }

  #draw(fault: FaultName, where: string, request: RequestFaults): boolean {
    const percent = this.strength(fault, where, request)
    if (percent === undefined) return false
    const { only, by } = request
    if (only?.fault === fault && only.where === where) return true
    const id = `${faultId(fault, where)} ${by}`
    let share = this.#shares.get(id)
    if (!share) {
      share = new Share(randomOf(this.#seed, id))
      this.#shares.set(id, share)
    }
    return share.next(percent)
  }

  note(fault: FaultName, where: string, evidence: Trace): void {
    const state = this.#active.get(faultId(fault, where))
    if (state) state.evidence = evidence
  }
}
