/** What all services of a run share: the scenario, the faults, the dependencies, and where everybody listens. */

import type { ActiveFaults } from '../active-faults.ts'
import type { Scenario } from '../scenario.ts'
import type { Delivery } from '../telemetry/delivery.ts'
import type { LabEndpoint } from '../telemetry/endpoint.ts'
import type { CacheModel } from './cache.ts'
import type { DatabaseModel } from './database.ts'
import type { FlowMeter } from './flow-meter.ts'
import type { QueueModel } from './queue.ts'

export interface World {
  readonly scenario: Scenario
  readonly seed: number
  readonly faults: ActiveFaults
  readonly meter: FlowMeter
  readonly delivery: Delivery
  readonly endpoint: LabEndpoint
  readonly databases: ReadonlyMap<string, DatabaseModel>
  readonly caches: ReadonlyMap<string, CacheModel>
  readonly queues: ReadonlyMap<string, QueueModel>
  /** Base URLs, by service. */
  readonly urls: Map<string, string>
  /** Work that outlives its request, such as a message on its way: what a stop has to wait for. */
  readonly pending: Pending
}

/** Counts what is under way. */
export class Pending {
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Never rejects: whoever needs the outcome has the promise itself. */
  track(work: Promise<unknown>): void {
    this.#count++
    const done = (): void => {
      this.#count--
    }
    work.then(done, done)
  }
}
