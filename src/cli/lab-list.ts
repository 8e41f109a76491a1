/** `spanlight lab list`: scenarios and faults. */

import type { LabStrength } from '#shared/contract/loadlab-catalog.ts'
import { labCatalog } from '../engine/loadlab/catalog.ts'

export function listLab(asJson: boolean): void {
  const catalog = labCatalog()
  const scenarios = catalog.scenarios.map(({ name, description }) => ({ name, description }))
  const faults = catalog.faults.map(({ name, sentence, strength, places }) => ({
    name,
    description: sentence,
    strength: strength === null ? null : strengthText(strength),
    where: places.find(({ scenario }) => scenario === scenarios[0]?.name)?.default ?? null,
  }))
  if (asJson) {
    console.log(
      JSON.stringify({
        scenarios,
        faults: faults.map(({ where: _where, ...fault }) => fault),
      }),
    )
    return
  }
  const width = Math.max(...[...scenarios, ...faults].map(({ name }) => name.length)) + 2
  console.log('Scenarios')
  for (const { name, description } of scenarios) console.log(`  ${name.padEnd(width)}${description}`)
  console.log('\nFaults: --fault NAME[=STRENGTH][@WHERE], with what they are when you leave that out')
  for (const { name, description, strength, where } of faults) {
    const defaults = `${name}${strength === null ? '' : `=${strength}`}${where === null ? '' : `@${where}`}`
    console.log(`  ${name.padEnd(width)}${description}\n  ${' '.repeat(width)}${defaults}`)
  }
}

/** As it is written on the command line. */
function strengthText({ default: value, unit }: LabStrength): string {
  return `${value}${unit === '×' ? 'x' : unit}`
}
