/** Resources as lines of the saturation chart and rows of its list. */

import type { Saturation, SaturationKind, SaturationResource } from '#shared/contract/saturation.ts'
import type { ChartSeries } from '../../ui/chart/series.ts'
import { formatShare } from '../../ui/format.ts'
import { serviceText } from '../../ui/names.ts'
import { serviceColorCount, serviceColorSlot } from '../../ui/service-color.ts'
import { unitOf } from '../../ui/unit.ts'

export const kindNames: Readonly<Record<SaturationKind, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk I/O',
  filesystem: 'File system',
  network: 'Network',
  pool: 'Pools',
  queue: 'Queues',
  event_loop: 'Event loop',
  gc: 'Garbage collection',
}

/** So many lines are drawn unless others are picked. */
const drawnByItself = 5

/** The same for the same resource in every answer. */
export function resourceKey({ kind, service, title, metric }: SaturationResource): string {
  return [kind, service, title, metric].join('/')
}

export interface ResourceRow {
  readonly key: string
  readonly title: string
  readonly service: string
  /** Share of the limit, or the value where no limit is known. */
  readonly figure: string
  readonly hint: string
  readonly isDrawn: boolean
  /** False where no limit is known: there is no share to draw. */
  readonly canBeDrawn: boolean
  readonly color: string
}

/** The fullest five, or those picked that are there. */
export function drawnKeys(
  resources: readonly SaturationResource[],
  picked: readonly string[] | undefined,
): ReadonlySet<string> {
  const known = resources.filter(({ share }) => share !== null).map(resourceKey)
  const chosen = picked === undefined ? [] : known.filter((key) => picked.includes(key))
  return new Set(
    picked !== undefined && (chosen.length > 0 || picked.length === 0) ? chosen : known.slice(0, drawnByItself),
  )
}

/** A colour for each, by its name and so the same at every update; two drawn together differ while there are enough. */
export function resourceColors(keys: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set<number>()
  const colors = new Map<string, string>()
  for (const key of [...keys].sort()) {
    let slot = serviceColorSlot(key)
    for (let tries = 0; taken.has(slot) && tries < serviceColorCount; tries++) slot = (slot % serviceColorCount) + 1
    taken.add(slot)
    colors.set(key, `var(--s${slot})`)
  }
  return colors
}

export function resourceRows({ resources }: Saturation, drawn: ReadonlySet<string>): readonly ResourceRow[] {
  const colors = resourceColors(drawn)
  return resources.map((resource) => {
    const key = resourceKey(resource)
    const unit = unitOf(resource.unit, resource.metric)
    const value = resource.latest === null ? '–' : unit.format(resource.latest * unit.factor)
    const limit = resource.limit === null ? undefined : unit.format(resource.limit * unit.factor)
    return {
      key,
      title: resource.title,
      service: resource.service,
      figure: resource.latestShare === null ? value : formatShare(resource.latestShare),
      hint: `${kindNames[resource.kind]} of ${serviceText(resource.service)}: ${value}${limit === undefined ? ', no limit known' : ` of ${limit}`}, from ${resource.metric}`,
      isDrawn: drawn.has(key),
      canBeDrawn: resource.share !== null,
      color: colors.get(key) ?? 'var(--line-strong)',
    }
  })
}

export function saturationSeries({ resources }: Saturation, drawn: ReadonlySet<string>): readonly ChartSeries[] {
  const colors = resourceColors(drawn)
  return resources.flatMap((resource): ChartSeries[] => {
    const key = resourceKey(resource)
    if (resource.share === null || !drawn.has(key)) return []
    return [
      {
        id: key,
        name: `${resource.title} · ${serviceText(resource.service)}`,
        color: colors.get(key) ?? 'var(--s1)',
        values: resource.share,
      },
    ]
  })
}

export interface WantedGroup {
  readonly kinds: readonly SaturationKind[]
  readonly how: string
  readonly metrics: readonly string[]
}

/** Kinds that the same instrumentation would bring, together. */
export function wantedGroups(wanted: Saturation['wanted']): readonly WantedGroup[] {
  return [...Map.groupBy(wanted, ({ how }) => how)].map(([how, all]) => ({
    how,
    kinds: all.map(({ kind }) => kind),
    metrics: all.flatMap(({ metrics }) => metrics),
  }))
}
