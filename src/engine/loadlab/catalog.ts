/** What the lab can do, for the screen and the command line. */

import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import { builtInScenarios } from './built-in.ts'
import { describeFaults } from './fault-catalog.ts'
import { describeScenario } from './topology.ts'

export function labCatalog(): LabCatalog {
  return { scenarios: builtInScenarios.map(describeScenario), faults: describeFaults() }
}
