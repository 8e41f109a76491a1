/** One request or message in one service: its telemetry, its place in the trace, its random numbers and its faults. */

import type { Context } from '@opentelemetry/api'
import { trace } from '@opentelemetry/api'
import type { ActiveFaults, RequestFaults } from '../active-faults.ts'
import type { FaultName } from '../fault-catalog.ts'
import { latencyOf, type Random } from '../random.ts'
import type { Latency } from '../scenario.ts'
import { unixMs } from '../telemetry/clock.ts'
import type { ServiceTelemetry } from '../telemetry/service-telemetry.ts'
import type { Instruments } from './instruments.ts'
import type { RequestMarks } from './request-marks.ts'

export interface ScopeSources {
  readonly service: string
  readonly telemetry: ServiceTelemetry
  readonly instruments: Instruments
  readonly context: Context
  readonly random: Random
  readonly marks: RequestMarks
  readonly faults: ActiveFaults
  /** Handled by the new version of a bad deployment. */
  readonly canary: boolean
  readonly drawn?: Map<string, boolean>
}

export class Scope {
  readonly service: string
  readonly telemetry: ServiceTelemetry
  readonly instruments: Instruments
  readonly context: Context
  readonly random: Random
  readonly marks: RequestMarks
  readonly canary: boolean
  readonly #sources: ScopeSources
  readonly #request: RequestFaults

  constructor(sources: ScopeSources) {
    this.#sources = sources
    const { service, telemetry, instruments, context, random, marks, canary, drawn } = sources
    this.service = service
    this.telemetry = telemetry
    this.instruments = instruments
    this.context = context
    this.random = random
    this.marks = marks
    this.canary = canary
    this.#request = { by: service, only: marks.only, drawn: drawn ?? new Map() }
  }

  /** The same request below another span. */
  below(context: Context): Scope {
    return new Scope({ ...this.#sources, context, drawn: this.#request.drawn })
  }

  latency(latency: Latency): number {
    return latencyOf(this.random, latency) * this.marks.slowdown
  }

  strength(fault: FaultName, where: string): number | undefined {
    return this.#sources.faults.strength(fault, where, this.#request)
  }

  hits(fault: FaultName, where: string): boolean {
    return this.#sources.faults.hits(fault, where, this.#request)
  }

  hitsNow(fault: FaultName, where: string): boolean {
    return this.#sources.faults.hitsNow(fault, where, this.#request)
  }

  /** This request shows the fault: remembered as the example to look at. */
  noteEvidence(fault: FaultName, where: string): void {
    const span = trace.getSpanContext(this.context)
    if (!span) return
    const { traceId, spanId } = span
    this.#sources.faults.note(fault, where, { service: this.service, traceId, spanId, unixMs: unixMs() })
  }
}
