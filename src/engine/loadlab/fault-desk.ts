/** Starts and ends faults, at once or on time, and puts each on the charts as an annotation. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { ActiveFault, LabAnnotation, ScheduledFault } from '#shared/contract/loadlab-status.ts'
import { type ActiveFaultState, type ActiveFaults, faultId } from './active-faults.ts'
import { faultPlans } from './fault-catalog.ts'
import { type AskedFault, type PlacedFault, placeFault } from './place-fault.ts'
import type { Scenario } from './scenario.ts'
import { unixMs, unixNanoOf } from './telemetry/clock.ts'
import type { ServiceTelemetry } from './telemetry/service-telemetry.ts'

const maxAnnotations = 50

export interface TimedFault extends AskedFault {
  readonly durationSeconds?: number | undefined
}

export interface ScriptedFault extends TimedFault {
  readonly atSeconds: number
}

export interface FaultDeskSources {
  readonly scenario: Scenario
  readonly active: ActiveFaults
  onEnd(fault: PlacedFault): void
  /** Of the service at a place. */
  telemetry(where: string): ServiceTelemetry
}

interface Annotation {
  readonly kind: 'fault' | 'deployment'
  readonly text: string
  readonly where: string
  readonly startMs: number
  endMs: number | undefined
}

interface Scheduled extends PlacedFault {
  readonly startsMs: number
  readonly durationSeconds: number | undefined
  readonly timer: NodeJS.Timeout
}

export class FaultDesk {
  readonly #sources: FaultDeskSources
  readonly #annotations = new Map<string, Annotation>()
  /** Newest first. */
  readonly #told: Annotation[] = []
  readonly #scheduled = new Set<Scheduled>()

  constructor(sources: FaultDeskSources) {
    this.#sources = sources
  }

  /** Those that may be told, oldest first. */
  get active(): ActiveFault[] {
    return this.#sources.active.all
      .filter(({ secret }) => !secret)
      .map(({ id, fault, where, strength, sinceUnixNano, untilUnixNano }) => ({
        id,
        fault,
        where,
        strength,
        sinceUnixNano: String(sinceUnixNano),
        untilUnixNano: untilUnixNano === null ? null : String(untilUnixNano),
      }))
  }

  get scheduled(): ScheduledFault[] {
    return [...this.#scheduled]
      .sort((left, right) => left.startsMs - right.startsMs)
      .map(({ fault, where, strength, startsMs, durationSeconds }) => ({
        fault,
        where,
        strength,
        startsUnixNano: String(unixNanoOf(startsMs)),
        durationSeconds: durationSeconds ?? null,
      }))
  }

  get annotations(): LabAnnotation[] {
    return this.#told.map(({ kind, text, where, startMs, endMs }) => ({
      kind,
      text,
      service: this.#sources.telemetry(where).identity.name,
      startUnixNano: String(unixNanoOf(startMs)),
      endUnixNano: endMs === undefined ? null : String(unixNanoOf(endMs)),
    }))
  }

  /** Throws NOT_FOUND or BAD_INPUT. One that is on at this place keeps its beginning. `secret` ones are not told. */
  set(asked: TimedFault, secret = false): PlacedFault {
    const placed = placeFault(asked, this.#sources.scenario)
    const { active } = this.#sources
    const id = faultId(placed.fault, placed.where)
    const before = active.get(id)
    clearTimeout(before?.timer)
    const now = unixMs()
    const state: ActiveFaultState = {
      ...placed,
      id,
      secret: before?.secret ?? secret,
      sinceUnixNano: before?.sinceUnixNano ?? unixNanoOf(now),
      untilUnixNano: null,
      evidence: before?.evidence,
      timer: undefined,
    }
    if (asked.durationSeconds !== undefined) {
      state.untilUnixNano = unixNanoOf(now + asked.durationSeconds * 1000)
      state.timer = setTimeout(() => this.end(id), asked.durationSeconds * 1000)
    }
    active.put(state)
    if (!before) this.#begin(placed, id, now, secret)
    return placed
  }

  /** Those that match, and what is scheduled. What somebody is looking for stays. */
  clear({ fault, where }: { readonly fault?: string | undefined; readonly where?: string | undefined } = {}): void {
    const matches = (each: PlacedFault): boolean =>
      (fault === undefined || each.fault === fault) && (where === undefined || each.where === where)
    for (const each of this.#sources.active.all) if (!each.secret && matches(each)) this.end(each.id)
    for (const each of this.#scheduled)
      if (matches(each)) {
        clearTimeout(each.timer)
        this.#scheduled.delete(each)
      }
  }

  /** Checked before any of it is taken. */
  schedule(script: readonly ScriptedFault[]): void {
    const placed = script.map((step) => ({ step, fault: placeFault(step, this.#sources.scenario) }))
    for (const { step, fault } of placed) {
      const { atSeconds, durationSeconds } = step
      const each: Scheduled = {
        ...fault,
        startsMs: unixMs() + atSeconds * 1000,
        durationSeconds,
        timer: setTimeout(() => {
          this.#scheduled.delete(each)
          const { fault: name, where, strength } = fault
          this.set({ fault: name, where, strength: strength ?? undefined, durationSeconds })
        }, atSeconds * 1000),
      }
      this.#scheduled.add(each)
    }
  }

  end(id: string): void {
    const { active } = this.#sources
    const state = active.get(id)
    if (!state) return
    clearTimeout(state.timer)
    active.remove(id)
    this.#sources.onEnd(state)
    this.#endAnnotation(id)
  }

  /** What was secret is told, with its true beginning. */
  reveal(id: string): void {
    const state = this.#sources.active.get(id)
    if (!state?.secret) return
    this.#sources.active.put({ ...state, secret: false })
    this.#begin(state, id, Number(state.sinceUnixNano / 1000n) / 1000, false)
  }

  /** Throws BAD_INPUT when it is no fault of a single request. */
  forOneRequest(name: string): PlacedFault {
    const placed = placeFault({ fault: name }, this.#sources.scenario)
    const plan = faultPlans.find((each) => each.name === placed.fault)
    if (!plan?.oneRequest)
      throw new SpanlightError('BAD_INPUT', `${plan?.title ?? name} needs many requests: switch it on instead.`)
    return placed
  }

  noteOneRequest(placed: PlacedFault, startMs: number): void {
    const annotation = { ...this.#describe(placed, startMs), text: `${titleOf(placed)} in one request` }
    annotation.endMs = unixMs()
    this.#send(annotation)
    this.#remember(annotation)
  }

  /** Ends all, with their annotations. */
  close(): void {
    this.clear()
    for (const { id } of this.#sources.active.all) this.end(id)
  }

  #begin(placed: PlacedFault, id: string, startMs: number, secret: boolean): void {
    if (secret) return
    const annotation = this.#describe(placed, startMs)
    this.#annotations.set(id, annotation)
    this.#send(annotation)
    this.#remember(annotation)
  }

  #endAnnotation(id: string): void {
    const annotation = this.#annotations.get(id)
    if (!annotation) return
    this.#annotations.delete(id)
    annotation.endMs = unixMs()
    this.#send(annotation)
  }

  /** From the instance that runs now: the one of the beginning may be gone. */
  #send({ where, kind, text, startMs, endMs }: Annotation): void {
    this.#sources.telemetry(where).annotate(kind, text, startMs, endMs)
  }

  #describe(placed: PlacedFault, startMs: number): Annotation {
    const kind = faultPlans.find(({ name }) => name === placed.fault)?.annotation ?? 'fault'
    return { kind, text: textOf(placed), where: placed.where, startMs, endMs: undefined }
  }

  #remember(annotation: Annotation): void {
    this.#told.unshift(annotation)
    this.#told.splice(maxAnnotations)
  }
}

function titleOf({ fault, where }: PlacedFault): string {
  const plan = faultPlans.find(({ name }) => name === fault)
  return `${plan?.title ?? fault}: ${where.replace(':', ' → ')}`
}

/** "Database timeout: orders-db, 30 %", "Memory leak until restart: cart, 30 s" */
function textOf(placed: PlacedFault): string {
  const unit = faultPlans.find(({ name }) => name === placed.fault)?.strength?.unit
  const { strength } = placed
  if (strength === null || unit === undefined) return titleOf(placed)
  const isLong = unit === 'ms' && strength >= 1000
  return `${titleOf(placed)}, ${isLong ? `${strength / 1000} s` : `${strength} ${unit}`}`
}
