/** How full things are: every metric that follows a convention of saturation, put against its limit. */

import type {
  ActiveLine,
  Saturation,
  SaturationInput,
  SaturationKind,
  SaturationResource,
} from '#shared/contract/saturation.ts'
import { saturationKinds } from '#shared/contract/saturation.ts'
import type { QueryContext } from './context.ts'
import { metricRange } from './metric-range.ts'
import { serviceIdOf } from './metric-selection.ts'
import { type MetricOfVariant, variantsNamed } from './metric-variants.ts'
import { advice } from './saturation-advice.ts'
import { allParts, type Convention } from './saturation-conventions.ts'
import { conventionsOf } from './saturation-lookup.ts'
import { joinRestarts } from './saturation-restarts.ts'
import { latestOf, limitFor, peakOf, ResourceReader, type ResourceValues, shareOf } from './saturation-values.ts'

const maxListed = 50
interface Found {
  readonly convention: Convention
  readonly metric: MetricOfVariant
}

/** Errors: NOT_FOUND, BAD_INPUT, CANCELLED. */
export async function readSaturation(context: QueryContext, input: SaturationInput): Promise<Saturation> {
  const { db } = context
  serviceIdOf(db, input.service)
  const names = db.prepare('SELECT DISTINCT name FROM metric ORDER BY name').pluck().all() as string[]
  const found: Found[] = names.flatMap((name) => {
    const conventions = conventionsOf(name)
    if (conventions.length === 0) return []
    return variantsNamed(db, name).flatMap((metric) => conventions.map((convention) => ({ convention, metric })))
  })
  const buckets = await metricRange(
    context,
    input,
    found.flatMap(({ metric }) => metric.ids),
  )
  const reader = new ResourceReader(context, buckets, input.service)
  const all: SaturationResource[] = []
  const active: ActiveLine[] = []
  for (const each of found) {
    const { kind } = each.convention
    const values = joinRestarts(await reader.read(each.metric, each.convention), buckets)
    if (kind === 'requests' || kind === 'connections') {
      active.push(
        ...values.flatMap((one) => (latestOf(one.used) === null ? [] : [{ kind, ...lineOf(each, one, values) }])),
      )
    } else {
      all.push(...(await withLimits(reader, each, kind, values)))
    }
  }
  const resources = withoutRepeats(all, found)
  const kinds = new Set(resources.map(({ kind }) => kind))
  return {
    startUnixNano: buckets.startUnixNano.toString(),
    endUnixNano: buckets.endUnixNano.toString(),
    stepSeconds: buckets.stepSeconds,
    resources: resources.sort(fullestFirst).slice(0, maxListed),
    resourceCount: resources.length,
    active: active.sort((left, right) => (right.latest ?? 0) - (left.latest ?? 0)).slice(0, maxListed),
    activeCount: active.length,
    wanted: saturationKinds
      .filter((kind) => !kinds.has(kind))
      .map((kind) => ({ kind, how: advice[kind].how, metrics: [...advice[kind].metrics] })),
    warnings: [...reader.warnings],
  }
}

/** Leaves out what the same service says better by another metric. */
function withoutRepeats(all: readonly SaturationResource[], found: readonly Found[]): SaturationResource[] {
  const sent = new Set(all.map(({ service, metric }) => `${metric} ${service}`))
  const better = new Map(found.map(({ convention }) => [convention.metric, convention.unless ?? []]))
  return all.filter(({ service, metric }) => !better.get(metric)?.some((name) => sent.has(`${name} ${service}`)))
}

async function withLimits(
  reader: ResourceReader,
  each: Found,
  kind: SaturationKind,
  values: readonly ResourceValues[],
): Promise<SaturationResource[]> {
  const { convention } = each
  const constant = convention.limit ?? (convention.reading === 'share' ? 1 : undefined)
  const limits = constant === undefined ? await reader.limits(convention) : []
  return values.flatMap((one) => {
    if (latestOf(one.used) === null) return []
    const line = lineOf(each, one, values)
    const known =
      constant === undefined
        ? limitFor(one, limits, convention.limits?.includes(allParts) === true)
        : { column: one.used.map(() => constant), metric: null }
    const share = known ? shareOf(one.used, known.column) : null
    return [
      {
        kind,
        ...line,
        limit: known ? latestOf(known.column) : null,
        limitMetric: known ? (known.metric ?? (constant === undefined ? each.metric.name : null)) : null,
        share,
        latestShare: share && latestOf(share),
        peakShare: share && peakOf(share),
      },
    ]
  })
}

function lineOf(
  { convention, metric }: Found,
  one: ResourceValues,
  all: readonly ResourceValues[],
): Omit<ActiveLine, 'kind'> {
  const { identity } = one
  const named =
    identity.name === null
      ? convention.title
      : `${identity.name} ${convention.named ?? withSmallInitial(convention.title)}`
  // Several instances of a service are told apart; a single one needs no name.
  const isOneOfMany = all.some(
    (other) =>
      other.identity.service === identity.service &&
      other.identity.name === identity.name &&
      other.identity.instance !== identity.instance,
  )
  const title = isOneOfMany && identity.instance !== null ? `${named} · ${shortInstance(identity.instance)}` : named
  return {
    title,
    service: identity.service,
    metric: metric.name,
    unit: unitOf(convention, metric.unit),
    values: one.used,
    latest: latestOf(one.used),
    peak: peakOf(one.used),
  }
}

/** Random ids are told apart by their beginning. */
function shortInstance(instance: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{32,}$/i.test(instance) ? instance.slice(0, 8) : instance
}

/** But `JVM`, `V8` and `HTTP` stay as they are. */
function withSmallInitial(title: string): string {
  return /^[A-Z][A-Z0-9]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
}

function unitOf({ reading }: Convention, unit: string): string {
  if (reading === 'share' || reading === 'time') return '1'
  return reading === 'rate' ? `${unit === '' ? '1' : unit}/s` : unit
}

function fullestFirst(left: SaturationResource, right: SaturationResource): number {
  const difference = (right.latestShare ?? -1) - (left.latestShare ?? -1)
  if (difference !== 0) return difference
  const kinds = saturationKinds.indexOf(left.kind) - saturationKinds.indexOf(right.kind)
  if (kinds !== 0) return kinds
  return left.title < right.title ? -1 : left.title > right.title ? 1 : 0
}
