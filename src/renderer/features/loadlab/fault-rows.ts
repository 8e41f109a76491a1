/** The fault panel: one card per fault possible in the running scenario, with what is on and where. */

import type { LabCatalog, LabFault, LabStrength } from '#shared/contract/loadlab-catalog.ts'
import type { ActiveFault, LabRun, LabStatus, ScheduledFault } from '#shared/contract/loadlab-status.ts'
import { formatDuration } from '../../ui/format.ts'
import { formatNumber } from '../../ui/number-format.ts'

export interface FaultRow {
  readonly fault: LabFault
  /** Empty: not possible in this scenario. */
  readonly places: readonly string[]
  readonly defaultPlace: string
  readonly active: readonly ActiveFault[]
  readonly scheduled: readonly ScheduledFault[]
}

export interface FaultRows {
  /** Those possible here, in the catalog's order. */
  readonly possible: readonly FaultRow[]
  /** Titles of those that need what this scenario has not. */
  readonly impossible: readonly string[]
  /** How many of the possible ones are on somewhere. */
  readonly on: number
}

export function faultRows(catalog: LabCatalog, status: LabStatus): FaultRows {
  const places = new Map((status.run?.places ?? []).map((each) => [each.fault, each]))
  const possible = catalog.faults.flatMap((fault) => {
    const here = places.get(fault.name)
    if (here === undefined) return []
    return [
      {
        fault,
        places: here.options,
        defaultPlace: here.default,
        active: status.faults.filter((each) => each.fault === fault.name),
        scheduled: status.scheduled.filter((each) => each.fault === fault.name),
      },
    ]
  })
  return {
    possible,
    impossible: catalog.faults.filter(({ name }) => !places.has(name)).map(({ title }) => title),
    on: possible.filter(({ active }) => active.length > 0).length,
  }
}

/** `checkout → payment` for a call. */
export function placeText(where: string): string {
  return where.replace(':', ' → ')
}

/** `30 %`, `800 ms`, `5 ×`, as said of a strength. */
export function strengthText(strength: LabStrength | null, value: number | null): string {
  if (strength === null || value === null) return ''
  if (strength.unit === 'ms') return formatDuration(value * 1e6)
  return `${formatNumber(value)} ${strength.unit}`
}

type Drawn = Pick<LabRun, 'topology' | 'edges'>

/** Whose requests show a fault: of a call the caller, of a database, cache or queue the service that uses it most. */
function faultService(where: string, { topology, edges }: Drawn): string | undefined {
  const services = new Set(topology.nodes.filter(({ kind }) => kind === 'service').map(({ name }) => name))
  const ends = where.split(':')
  const end = ends.find((name) => services.has(name))
  if (end !== undefined) return end
  const users = edges.filter(({ from, to }) => ends.includes(to) && services.has(from))
  return users.sort((one, other) => other.rate - one.rate)[0]?.from
}

/** How far before its beginning a chart starts, so that what was before can be seen. */
const leadNanos = 60_000_000_000n

/** Range and service that show what a fault did: from a minute before it began, to now. */
export function faultSearch(
  { where, sinceUnixNano }: Pick<ActiveFault, 'where' | 'sinceUnixNano'>,
  run: Drawn,
): {
  readonly range: undefined
  readonly start: string
  readonly end: undefined
  readonly service: string | undefined
} {
  return {
    range: undefined,
    start: String(BigInt(sinceUnixNano) - leadNanos),
    end: undefined,
    service: faultService(where, run),
  }
}
