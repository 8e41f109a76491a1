/** The lab as the app drives it: one run at a time, its status, and the exercises. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { exercisesPerSheet } from '#shared/contract/loadlab-catalog.ts'
import type { LabStatus, LabVerdict } from '#shared/contract/loadlab-status.ts'
import { faultId } from './active-faults.ts'
import { builtInScenario } from './built-in.ts'
import { Lab, type StopLimits } from './lab.ts'
import type { LabCommand, LabStartMessage } from './lab-messages.ts'
import { snapshot } from './lab-snapshot.ts'
import { type Guess, type MysteryPlan, mysteryOf, possibleFaults, suspects, trailOf, verdictOn } from './mystery.ts'
import { parseScenario } from './parse-scenario.ts'
import { placeFault } from './place-fault.ts'
import { checkTarget } from './target.ts'
import type { LabEndpoint } from './telemetry/endpoint.ts'

const defaultScenario = 'checkout-shop'

interface OpenMystery {
  readonly plan: MysteryPlan
  readonly startedUnixNano: string
  verdict: LabVerdict | null
}

export class LabHost {
  readonly #version: string
  readonly #onChange: () => void
  #lab: Lab | undefined
  #state: LabStatus['state'] = 'stopped'
  #problem: string | null = null
  #mystery: OpenMystery | undefined
  #halted:
    | { readonly asked: LabStartMessage; readonly endpoint: LabEndpoint; readonly mystery: MysteryPlan | undefined }
    | undefined
  #started: { readonly asked: LabStartMessage; readonly endpoint: LabEndpoint } | undefined

  constructor(version: string, onChange: () => void) {
    this.#version = version
    this.#onChange = onChange
  }

  get status(): LabStatus {
    const lab = this.#lab
    const isSecret = this.#mystery !== undefined && this.#mystery.verdict === null
    return {
      state: this.#state,
      problem: this.#problem,
      run: lab ? snapshot(lab, isSecret) : null,
      faults: lab?.faults.active ?? [],
      scheduled: lab?.faults.scheduled ?? [],
      annotations: lab?.faults.annotations ?? [],
      mystery: this.#mysteryStatus(),
    }
  }

  /** Throws `SpanlightError`. Answers what the command answers, if anything. */
  async execute(command: LabCommand, endpoint: LabEndpoint): Promise<unknown> {
    switch (command.name) {
      case 'start':
        return this.#start(command.input, endpoint)
      case 'stop':
        return this.stop()
      case 'setTraffic':
        return this.#running().setTraffic(command.input)
      case 'setFault':
        return void this.#running().faults.set(command.input)
      case 'clearFault':
        return this.#running().faults.clear(command.input)
      case 'schedule':
        return this.#running().faults.schedule(command.input.script)
      case 'sendOne': {
        if (!this.#lab) await this.#start({ ...pausedShop, paused: true }, endpoint)
        const { fault, journey, slowdown } = command.input
        return this.#running().sendOne({ fault, journey, slowdown })
      }
      case 'startMystery':
        return this.#startMystery(command.input.seed, command.input.number, endpoint)
      case 'guess':
        return this.#judge(command.input)
      case 'reveal':
        return this.#judge(null)
      case 'endMystery':
        return this.#endMystery()
      case 'restart':
        return command.input.phase === 'stop' ? this.#halt() : this.#resume()
    }
  }

  /** Never rejects. */
  async stop(limits?: StopLimits): Promise<void> {
    const lab = this.#lab
    if (!lab) return
    this.#become('stopping')
    await lab.stop(limits)
    this.#lab = undefined
    this.#mystery = undefined
    this.#become('stopped')
  }

  async #start(asked: LabStartMessage, endpoint: LabEndpoint): Promise<void> {
    const target = asked.target && checkTarget(asked.target)
    const scenario =
      asked.definition === undefined
        ? builtInScenario(target ? defaultScenario : asked.scenario)
        : parseScenario(asked.definition, 'The scenario')
    // A run that is there goes only when the next one can be.
    for (const fault of asked.script) placeFault(fault, scenario)
    await this.stop()
    this.#problem = null
    this.#become('starting')
    try {
      const lab = await Lab.start({
        scenario,
        endpoint,
        rate: asked.rate,
        profile: asked.profile,
        weights: asked.journeys ?? {},
        seed: asked.seed,
        paused: asked.paused,
        target,
        version: this.#version,
      })
      this.#lab = lab
      this.#started = { asked, endpoint }
      lab.faults.schedule(asked.script)
      this.#become('running')
    } catch (error) {
      await this.#lab?.stop()
      this.#lab = undefined
      this.#problem = error instanceof Error ? error.message : String(error)
      this.#become('stopped')
      throw error
    }
  }

  /** Stops, and remembers what to start again. */
  async #halt(): Promise<void> {
    const started = this.#started
    const lab = this.#running()
    if (!started) throw notRunning()
    const { rate, profile, paused } = lab.generator.traffic
    const journeys = Object.fromEntries(lab.journeys.map(({ name, weight }) => [name, weight]))
    const asked = { ...started.asked, rate, profile, paused, script: [] }
    this.#halted = {
      asked: started.asked.target ? asked : { ...asked, journeys },
      endpoint: started.endpoint,
      mystery: this.#mystery?.plan,
    }
    await this.stop()
  }

  /** The same again from its beginning, an open exercise too. */
  async #resume(): Promise<void> {
    const halted = this.#halted
    this.#halted = undefined
    if (!halted) throw notRunning()
    const { asked, endpoint, mystery } = halted
    await this.#start(asked, endpoint)
    if (mystery) await this.#startMystery(mystery.seed, mystery.number, endpoint)
  }

  async #startMystery(seed: number, number: number, endpoint: LabEndpoint): Promise<void> {
    const plan = mysteryOf(seed, number)
    if (this.#lab?.options.scenario.name !== plan.scenario || this.#lab.options.target)
      await this.#start({ ...pausedShop, scenario: plan.scenario, rate: plan.rate, seed }, endpoint)
    const lab = this.#running()
    if (this.#mystery) lab.faults.end(faultId(this.#mystery.plan.fault, this.#mystery.plan.where))
    lab.faults.clear()
    if (lab.generator.traffic.paused) lab.setTraffic({ paused: false })
    lab.faults.set({ fault: plan.fault, where: plan.where, strength: plan.strength ?? undefined }, true)
    const state = lab.world.faults.get(faultId(plan.fault, plan.where))
    this.#mystery = { plan, startedUnixNano: String(state?.sinceUnixNano ?? 0n), verdict: null }
    this.#onChange()
  }

  #judge(guess: Guess | null): void {
    const lab = this.#running()
    const mystery = this.#mystery
    if (!mystery) throw new SpanlightError('BUSY', 'No mystery fault is on: start one first.')
    if (mystery.verdict) return
    const { scenario } = lab.options
    if (guess && !suspects(scenario).includes(guess.service))
      throw new SpanlightError('NOT_FOUND', `There is no service "${guess.service}" in ${scenario.title}.`)
    if (guess && !possibleFaults(scenario).some((name) => name === guess.fault))
      throw new SpanlightError('NOT_FOUND', `There is no fault "${guess.fault}".`)
    const id = faultId(mystery.plan.fault, mystery.plan.where)
    mystery.verdict = {
      ...verdictOn(mystery.plan, scenario, guess),
      trail: trailOf(lab.world.faults.get(id)),
    }
    lab.faults.reveal(id)
    this.#onChange()
  }

  #endMystery(): void {
    const lab = this.#running()
    if (this.#mystery) {
      const id = faultId(this.#mystery.plan.fault, this.#mystery.plan.where)
      lab.faults.reveal(id)
      lab.faults.end(id)
    }
    this.#mystery = undefined
    this.#onChange()
  }

  #mysteryStatus(): LabStatus['mystery'] {
    if (!this.#mystery || !this.#lab) return null
    const { plan, startedUnixNano } = this.#mystery
    const { scenario } = this.#lab.options
    const verdict = this.#withTrail(this.#mystery)
    const { seed, number } = plan
    return {
      seed,
      number,
      of: exercisesPerSheet,
      startedUnixNano,
      services: suspects(scenario),
      faults: possibleFaults(scenario),
      verdict,
    }
  }

  /** An example may come after the guess; the first one stays, so that nothing changes under somebody's pointer. */
  #withTrail(mystery: OpenMystery): LabVerdict | null {
    const { plan, verdict } = mystery
    if (!verdict || !this.#lab || verdict.trail.length > 1) return verdict
    const trail = trailOf(this.#lab.world.faults.get(faultId(plan.fault, plan.where)))
    if (trail.length <= verdict.trail.length) return verdict
    mystery.verdict = { ...verdict, trail }
    return mystery.verdict
  }

  #running(): Lab {
    if (!this.#lab || this.#lab.isStopping) throw notRunning()
    return this.#lab
  }

  #become(state: LabStatus['state']): void {
    this.#state = state
    this.#onChange()
  }
}

const pausedShop: LabStartMessage = {
  scenario: defaultScenario,
  rate: 20,
  profile: 'steady',
  seed: 1,
  paused: false,
  script: [],
}

function notRunning(): SpanlightError {
  return new SpanlightError('BUSY', 'The load lab is not running: start a scenario first.')
}
