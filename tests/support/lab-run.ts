/** A run of the load lab against an engine of its own, through the front door, and what was stored of it. */

import Database from 'better-sqlite3'
import { builtInScenario } from '../../src/engine/loadlab/built-in.ts'
import type { ScriptedFault } from '../../src/engine/loadlab/fault-desk.ts'
import { Lab } from '../../src/engine/loadlab/lab.ts'
import { parseFault } from '../../src/engine/loadlab/place-fault.ts'
import { runningEngine } from './running-engine.ts'

export interface LabRun {
  readonly lab: Lab
  /** Rows of a query on the stored telemetry. */
  rows<Row>(sql: string, ...parameters: readonly unknown[]): Row[]
  /** The one number a query answers. */
  number(sql: string, ...parameters: readonly unknown[]): number
  [Symbol.asyncDispose](): Promise<void>
}

export interface LabRunOptions {
  readonly scenario?: string
  readonly rate: number
  readonly seconds: number
  readonly seed?: number
  /** As on the command line. */
  readonly faults?: readonly string[]
  readonly script?: readonly ScriptedFault[]
}

/** Runs, stops in order, and answers when all that was sent is stored: the receiver acknowledges after its commit. */
export async function labRun({ scenario, rate, seconds, seed, faults, script }: LabRunOptions): Promise<LabRun> {
  const engine = await runningEngine()
  const lab = await Lab.start({
    scenario: builtInScenario(scenario ?? 'checkout-shop'),
    endpoint: { protocol: 'http', url: engine.endpoints.http },
    rate,
    profile: 'steady',
    weights: {},
    seed: seed ?? 7,
    paused: false,
    target: undefined,
    version: 'test',
  })
  for (const fault of faults ?? []) lab.faults.set(parseFault(fault))
  lab.faults.schedule(script ?? [])
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  await lab.stop()
  const database = new Database(engine.databasePath, { readonly: true })
  return {
    lab,
    rows: <Row>(sql: string, ...parameters: readonly unknown[]) => database.prepare(sql).all(...parameters) as Row[],
    number: (sql, ...parameters) =>
      Number(
        database
          .prepare(sql)
          .pluck()
          .get(...parameters),
      ),
    [Symbol.asyncDispose]: async () => {
      database.close()
      await engine[Symbol.asyncDispose]()
    },
  }
}
