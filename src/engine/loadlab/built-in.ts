/** The scenarios that come with the program. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { didYouMean } from '#shared/model/nearest-name.ts'
import { type Scenario, scenarioSchema } from './scenario.ts'
import { asyncPipeline } from './scenarios/async-pipeline.ts'
import { chattyMonolith } from './scenarios/chatty-monolith.ts'
import { checkoutShop } from './scenarios/checkout-shop.ts'

export const builtInScenarios: readonly Scenario[] = [checkoutShop, asyncPipeline, chattyMonolith].map((scenario) =>
  scenarioSchema.parse(scenario),
)

/** Throws NOT_FOUND with the nearest name. */
export function builtInScenario(name: string): Scenario {
  const found = builtInScenarios.find((scenario) => scenario.name === name)
  if (found) return found
  const names = builtInScenarios.map((scenario) => scenario.name)
  throw new SpanlightError('NOT_FOUND', `There is no scenario "${name}". ${didYouMean(name, names)}`, {
    scenarios: names,
  })
}
