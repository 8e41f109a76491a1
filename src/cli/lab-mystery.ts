/** `spanlight lab mystery`: a fault nobody tells, found by looking at the telemetry, and a verdict on the guess. */

import { createInterface } from 'node:readline/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import { exercisesPerSheet } from '#shared/contract/loadlab-catalog.ts'
import type { LabVerdict } from '#shared/contract/loadlab-status.ts'
import { didYouMean } from '#shared/model/nearest-name.ts'
import { builtInScenario } from '../engine/loadlab/built-in.ts'
import { Lab } from '../engine/loadlab/lab.ts'
import { type Guess, mysteryOf, possibleFaults, suspects, trailOf, verdictOn } from '../engine/loadlab/mystery.ts'
import { endpointOf, nothingDelivered, requestToStop } from './lab-session.ts'
import { version } from './version.ts'

/** So long is all well: what is wrong shows against it. */
const healthySeconds = 15

export interface MysteryOptions {
  readonly seed: number
  readonly number: number
  readonly duration?: number | undefined
  readonly guess?: string | undefined
  readonly endpoint?: string | undefined
  readonly protocol: 'http' | 'grpc'
  readonly json?: boolean | undefined
}

/** Answers the exit code. */
export async function runMystery(options: MysteryOptions): Promise<number> {
  const { seed, number } = options
  const plan = mysteryOf(seed, number)
  const scenario = builtInScenario(plan.scenario)
  const early = options.guess === undefined ? undefined : readGuess(options.guess, scenario)
  const endpoint = endpointOf(options)
  const stopped = requestToStop()
  const tell = options.json ? console.error : console.log
  const lab = await Lab.start({
    scenario,
    endpoint,
    rate: plan.rate,
    profile: 'steady',
    weights: {},
    seed,
    paused: false,
    target: undefined,
    version,
  })
  tell(`Mystery ${number} of ${exercisesPerSheet}, seed ${seed}: ${plan.story}`)
  tell(`${scenario.title}, ${plan.rate} requests/s, to ${endpoint.url}. It begins in ${healthySeconds} s.`)
  tell(`Services: ${suspects(scenario).join(', ')}`)
  tell(`Faults: ${possibleFaults(scenario).join(', ')}`)
  const over = Promise.race([
    stopped.then(() => true),
    ...(options.duration === undefined ? [] : [delay(options.duration * 1000).then(() => true)]),
  ])
  let id: string | undefined
  const begin = (): void => {
    const { fault, where, strength } = plan
    lab.faults.set({ fault, where, strength: strength ?? undefined }, true)
    id = `${fault}@${where}`
    tell('Something is wrong now.')
  }
  const timer = setTimeout(begin, healthySeconds * 1000)
  const asked = early === undefined && process.stdin.isTTY && !options.json ? ask(scenario) : undefined
  const guess = early ?? (asked ? await Promise.race([asked.answer, over.then(() => undefined)]) : undefined)
  // Without anybody to ask it lasts as long as it was told to.
  if (!asked) await over
  asked?.close()
  clearTimeout(timer)
  const verdict: LabVerdict = {
    ...verdictOn(plan, scenario, guess ?? null),
    trail: trailOf(id === undefined ? undefined : lab.world.faults.get(id)),
  }
  if (id !== undefined) lab.faults.reveal(id)
  await lab.stop()
  const { sent, refused } = lab.world.delivery
  const delivered = sent.spans + sent.logs + sent.points > 0
  if (options.json) console.log(JSON.stringify({ seed, number, story: plan.story, ...verdict, refused, delivered }))
  else for (const line of verdictLines(verdict)) console.log(line)
  return delivered ? 0 : nothingDelivered
}

function verdictLines({ guess, right, serviceRight, kindRight, answer, trail }: LabVerdict): string[] {
  const half = serviceRight ? 'the service is right, the fault is not' : 'the fault is right, the service is not'
  const judged = right ? 'Right.' : `Wrong${serviceRight || kindRight ? `: ${half}` : ''}.`
  return [
    '',
    ...(guess ? [judged] : []),
    `It was ${answer.title} (${answer.fault}) at ${answer.where}.`,
    ...trail.map(({ step, sentence, traceId, spanId, metric }) => {
      const where = [metric, traceId, spanId].filter((part) => part !== null).join(' / ')
      return `  ${step.padEnd(6)}${sentence}${where === '' ? '' : `  ${where}`}`
    }),
  ]
}

/** SERVICE:FAULT or SERVICE FAULT */
function readGuess(text: string, scenario: Parameters<typeof suspects>[0]): Guess {
  const [service = '', fault = ''] = text.trim().split(/[:\s]+/)
  const services = suspects(scenario)
  const faults: readonly string[] = possibleFaults(scenario)
  if (!services.includes(service))
    throw new SpanlightError('BAD_INPUT', `There is no service "${service}". ${didYouMean(service, services)}`)
  if (!faults.includes(fault))
    throw new SpanlightError('BAD_INPUT', `There is no fault "${fault}". ${didYouMean(fault, faults)}`)
  return { service, fault }
}

function ask(scenario: Parameters<typeof suspects>[0]): { readonly answer: Promise<Guess | undefined>; close(): void } {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // The terminal takes Ctrl+C for itself.
  terminal.on('SIGINT', () => process.emit('SIGINT'))
  const answer = async (): Promise<Guess | undefined> => {
    for (;;) {
      const text = await terminal.question('Your guess (SERVICE FAULT), or Enter for the answer: ')
      if (text.trim() === '') return undefined
      try {
        return readGuess(text, scenario)
      } catch (error) {
        console.log(error instanceof Error ? error.message : String(error))
      }
    }
  }
  return { answer: answer().catch(() => undefined), close: () => terminal.close() }
}
