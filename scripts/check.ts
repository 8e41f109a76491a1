/** `npm run check`: types per environment, style, import rules, and what nobody uses. */

import { checks } from './checks.ts'

let failed = 0
for (const { name, floor, run } of checks) {
  const { ok, files, output } = run()
  const enough = files >= floor
  console.log(`${ok && enough ? 'ok  ' : 'FAIL'}  ${name}: ${files} files`)
  if (!ok) console.log(output)
  if (!enough) console.log(`      at least ${floor} files were expected; this check saw too little to mean anything`)
  if (!ok || !enough) failed++
}
if (failed > 0) process.exitCode = 1
