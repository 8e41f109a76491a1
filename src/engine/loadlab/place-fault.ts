/** From what somebody asked for to a fault at a place with a strength, or to words that say what is wrong with it. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { LabStrength } from '#shared/contract/loadlab-catalog.ts'
import { didYouMean } from '#shared/model/nearest-name.ts'
import { type FaultName, faultNames, faultPlans, placesOf } from './fault-catalog.ts'
import type { Scenario } from './scenario.ts'

export interface AskedFault {
  readonly fault: string
  readonly where?: string | undefined
  readonly strength?: number | undefined
}

export interface PlacedFault {
  readonly fault: FaultName
  readonly where: string
  /** Null for faults without. */
  readonly strength: number | null
}

/** Throws NOT_FOUND or BAD_INPUT. */
export function placeFault({ fault, where, strength }: AskedFault, scenario: Scenario): PlacedFault {
  const plan = faultPlans.find(({ name }) => name === fault)
  if (!plan)
    throw new SpanlightError('NOT_FOUND', `There is no fault "${fault}". ${didYouMean(fault, faultNames)}`, {
      faults: faultNames,
    })
  const places = placesOf(plan, scenario)
  if (!places) throw new SpanlightError('BAD_INPUT', `${plan.title} is not possible in the scenario ${scenario.name}.`)
  if (where !== undefined && !places.options.includes(where))
    throw new SpanlightError(
      'BAD_INPUT',
      `${plan.title} can't be at "${where}". ${didYouMean(where, places.options)}`,
      { options: places.options },
    )
  return {
    fault: plan.name,
    where: where ?? places.default,
    strength: checkedStrength(plan.strength, strength, plan.title),
  }
}

function checkedStrength(plan: LabStrength | null, asked: number | undefined, title: string): number | null {
  if (plan === null) {
    if (asked !== undefined) throw new SpanlightError('BAD_INPUT', `${title} has no strength: it is on or off.`)
    return null
  }
  if (asked === undefined) return plan.default
  if (!(asked >= plan.min && asked <= plan.max))
    throw new SpanlightError(
      'BAD_INPUT',
      `The strength of ${title} is from ${plan.min} to ${plan.max} ${plan.unit} (${plan.label}), not ${asked}.`,
    )
  return asked
}

const written = /^(?<fault>[^=@]+)(?:=(?<strength>[^@]*))?(?:@(?<where>.+))?$/
const units: Readonly<Record<string, { readonly times: number; readonly unit: LabStrength['unit'] }>> = {
  '%': { times: 1, unit: '%' },
  ms: { times: 1, unit: 'ms' },
  s: { times: 1000, unit: 'ms' },
  min: { times: 60_000, unit: 'ms' },
  x: { times: 1, unit: '×' },
  '×': { times: 1, unit: '×' },
}

/** `NAME[=STRENGTH][@WHERE]`, as in `database-timeout=30%@orders-db`, `added-latency=800ms`, `noisy-logs=50x`. */
export function parseFault(text: string): AskedFault {
  const parts = written.exec(text.trim())?.groups
  if (!parts?.fault) throw new SpanlightError('BAD_INPUT', `"${text}" is no fault: write NAME[=STRENGTH][@WHERE].`)
  const { fault, strength, where } = parts
  return { fault, where, strength: strength === undefined ? undefined : strengthNumber(fault, strength) }
}

function strengthNumber(fault: string, text: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*(%|ms|s|min|x|×)?$/.exec(text)
  const plan = faultPlans.find(({ name }) => name === fault)
  const unit = parts?.[2] === undefined ? undefined : units[parts[2]]
  if (!parts || (unit && plan?.strength && unit.unit !== plan.strength.unit))
    throw new SpanlightError(
      'BAD_INPUT',
      `"${text}" is no strength of ${fault}: write ${plan?.strength ? `a number of ${plan.strength.unit}, such as ${plan.strength.default}${plan.strength.unit === '×' ? 'x' : plan.strength.unit}` : 'a number such as 30% or 800ms'}.`,
    )
  return Number(parts[1]) * (unit?.times ?? 1)
}
