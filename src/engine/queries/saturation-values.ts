/** The values of resources over time, each with what tells it from the next, and the limits that go with them. */

import type { MetricVariant } from '#shared/contract/metric-chart.ts'
import type { TimeBuckets } from '../signals/time-buckets.ts'
import type { QueryContext } from './context.ts'
import { chartVariant } from './metric-chart.ts'
import { ReadBudget } from './metric-points.ts'
import { type MetricOfVariant, variantsNamed } from './metric-variants.ts'
import { allParts, type Convention } from './saturation-conventions.ts'

type Column = (number | null)[]

export interface Identity {
  readonly service: string
  /** Which of several processes or hosts; null when the sender doesn't say. */
  readonly instance: string | null
  /** Which of several resources of it, such as a pool; null when there is one. */
  readonly name: string | null
}

export interface ResourceValues {
  readonly identity: Identity
  readonly used: Column
  /** All parts together, used or not. */
  readonly whole: Column
}

export interface LimitValues {
  readonly metric: string
  readonly identity: Identity
  readonly column: Column
}

/** Groups of one metric that are looked at: resources times parts. */
const maxGroups = 500
/** Points of one metric that are read: this is asked again and again while a person looks on. */
const maxPointsPerMetric = 200_000
const instanceKeys = ['service.instance.id', 'k8s.pod.name', 'container.id', 'host.name'] as const
/** Seconds in one of them. */
const durationUnits: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
}

export class ResourceReader {
  readonly #context: QueryContext
  readonly #buckets: TimeBuckets
  readonly #service: string | undefined
  readonly #limits = new Map<string, LimitValues[]>()
  readonly warnings = new Set<string>()

  constructor(context: QueryContext, buckets: TimeBuckets, service: string | undefined) {
    this.#context = context
    this.#buckets = buckets
    this.#service = service
  }

  /** One entry for each resource that has values in the range. Errors: CANCELLED. */
  async read(metric: MetricOfVariant, convention: Convention): Promise<ResourceValues[]> {
    const { by = [], parts, reading } = convention
    const partKeys = parts?.keys ?? []
    const { variant } = await chartVariant(this.#context, metric, {
      ...this.#wish(),
      groupBy: ['service.name', ...instanceKeys, ...by, ...partKeys],
      maxGroups,
      heatmap: false,
      // Shares of several CPUs are averaged; amounts are added up.
      addUp: reading === 'amount',
    })
    this.#warn(metric, variant)
    const resources = new Map<string, { identity: Identity; used: Column; whole: Column }>()
    for (const { key, columns } of variant.groups) {
      const values = readingOf(columns, convention, metric.unit)
      if (!values) continue
      const identity = identityOf(key, by.length)
      const part = key.slice(1 + instanceKeys.length + by.length).find((value) => value !== null) ?? ''
      const id = JSON.stringify(identity)
      let resource = resources.get(id)
      if (!resource) {
        resource = { identity, used: values.map(() => null), whole: values.map(() => null) }
        resources.set(id, resource)
      }
      addColumn(resource.whole, values)
      if (isUsed(convention, part)) addColumn(resource.used, values)
    }
    return [...resources.values()]
  }

  /** From the first of a convention's limits that was received. Errors: CANCELLED. */
  async limits({ limits = [], by = [] }: Convention): Promise<LimitValues[]> {
    for (const name of limits) {
      if (name === allParts) continue
      const key = JSON.stringify([name, by])
      let found = this.#limits.get(key)
      if (!found) {
        found = await this.#readLimit(name, by)
        this.#limits.set(key, found)
      }
      if (found.length > 0) return found
    }
    return []
  }

  async #readLimit(name: string, by: readonly string[]): Promise<LimitValues[]> {
    const found: LimitValues[] = []
    for (const metric of variantsNamed(this.#context.db, name)) {
      const { variant } = await chartVariant(this.#context, metric, {
        ...this.#wish(),
        groupBy: ['service.name', ...instanceKeys, ...by],
        maxGroups,
        heatmap: false,
        addUp: true,
      })
      this.#warn(metric, variant)
      for (const { key, columns } of variant.groups) {
        if (columns.last?.some((value) => value !== null && value > 0)) {
          found.push({ metric: name, identity: identityOf(key, by.length), column: columns.last })
        }
      }
    }
    return found
  }

  #wish(): { buckets: TimeBuckets; budget: ReadBudget; service: string | undefined } {
    return { buckets: this.#buckets, budget: new ReadBudget(maxPointsPerMetric), service: this.#service }
  }

  #warn(metric: MetricOfVariant, variant: MetricVariant): void {
    const rest = variant.groupCount - variant.groups.length
    if (rest > 0) this.warnings.add(`${metric.name}: ${rest} of ${variant.groupCount} groups were not looked at.`)
    if (variant.warnings.some((warning) => warning.startsWith('Only '))) {
      this.warnings.add(`${metric.name}: ${variant.warnings.find((warning) => warning.startsWith('Only ')) ?? ''}`)
    }
  }
}

function identityOf(key: readonly (string | null)[], by: number): Identity {
  const instances = key.slice(1, 1 + instanceKeys.length)
  const names = key.slice(1 + instanceKeys.length, 1 + instanceKeys.length + by)
  return {
    service: key[0] ?? '',
    instance: instances.find((value) => value !== null) ?? null,
    name: names.find((value) => value !== null) ?? null,
  }
}

function isUsed({ parts }: Convention, part: string): boolean {
  if (!parts) return true
  // A sender that doesn't split its values sends the used ones.
  if (parts.used) return parts.used.includes(part) || part === ''
  return !(parts.idle ?? []).includes(part)
}

/** Undefined when the metric isn't of a type that can be read so. */
function readingOf(
  columns: MetricVariant['groups'][number]['columns'],
  { reading }: Convention,
  unit: string,
): Column | undefined {
  if (reading === 'share') return columns.avg?.map((value) => value && (unit === '%' ? value / 100 : value))
  if (reading === 'amount') return columns.rate ? undefined : columns.avg
  if (reading === 'rate') return columns.count ? undefined : columns.rate
  const seconds = durationUnits[unit] ?? 1
  const { count, sum, rate } = columns
  // A histogram's rate is of its observations: what they add up to per second is the same share of it.
  const perSecond = count
    ? sum?.map((value, bucket) => (value === null ? null : ratio(value * (rate?.[bucket] ?? 0), count[bucket] ?? 0)))
    : rate
  return perSecond?.map((value) => value && value * seconds)
}

function ratio(value: number, by: number): number {
  return by === 0 ? 0 : value / by
}

function addColumn(to: Column, from: Column): void {
  from.forEach((value, bucket) => {
    if (value !== null) to[bucket] = (to[bucket] ?? 0) + value
  })
}

/** The limit that belongs to a resource: of the same name and instance, or else of what both have in common. */
export function limitFor(
  { identity, whole }: ResourceValues,
  limits: readonly LimitValues[],
  orWhole: boolean,
): { column: Column; metric: string | null } | undefined {
  const ofService = limits.filter((limit) => limit.identity.service === identity.service)
  const candidates = [
    (limit: LimitValues) => limit.identity.instance === identity.instance && limit.identity.name === identity.name,
    (limit: LimitValues) => limit.identity.instance === identity.instance && limit.identity.name === null,
    (limit: LimitValues) => limit.identity.instance === null && limit.identity.name === identity.name,
    (limit: LimitValues) => limit.identity.instance === null && limit.identity.name === null,
  ]
  for (const fits of candidates) {
    const found = ofService.find(fits)
    if (found) return found
  }
  return orWhole ? { column: whole, metric: null } : undefined
}

/** Where a bucket has no limit, the newest one stands in: limits seldom change, and may be sent seldom. */
export function shareOf(used: Column, limit: Column): Column {
  const newest = latestOf(limit)
  return used.map((value, bucket) => {
    const by = limit[bucket] ?? newest
    return value === null || by === null || !(by > 0) ? null : value / by
  })
}

export function latestOf(column: Column): number | null {
  return column.findLast((value) => value !== null) ?? null
}

export function peakOf(column: Column): number | null {
  return column.reduce((peak, value) => (value !== null && (peak === null || value > peak) ? value : peak), null)
}
