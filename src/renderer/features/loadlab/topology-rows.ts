/** The topology in words and figures: what stands on each node and edge, as a drawing and as a table. */

import type { LabEdge, LabTopology } from '#shared/contract/loadlab-catalog.ts'
import { type LabEdgeState, type LabNodeState, type LabRun, labWindowSeconds } from '#shared/contract/loadlab-status.ts'
import { formatCount, formatDuration, formatQuantity, formatRate, formatShare } from '../../ui/format.ts'

/** Where requests come from; drawn by the traffic controls, not as a node. */
const loadNode = 'load'
/** Below that a failure is the shop's everyday one: a few requests in a window make no share, unless most of them fail. */
const failingShare = 0.03
const failingCount = 3
const mostlyFailing = 0.5
/** From here on CPU and memory tell more than the rate. */
const nearlyFull = 0.85

export type NodeKind = LabTopology['nodes'][number]['kind']

export interface NodeRow {
  readonly name: string
  readonly kind: NodeKind
  /** `postgresql`; a version of a service. */
  readonly detail: string
  readonly left: string
  readonly right: string
  /** More of its requests fail than the shop's everyday few. */
  readonly isFailing: boolean
  /** Nearly out of something: CPU, memory, connections. */
  readonly isFull: boolean
  /** What is injected there, in a word or two. */
  readonly trouble: string | null
  /** All its figures in a sentence. */
  readonly description: string
  readonly figures: Figures
}

/** One row of the table, and of a tooltip. */
export interface Figures {
  readonly rate: string
  readonly errors: string
  readonly p95: string
  readonly more: string
}

export interface EdgeRow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: LabEdge['kind']
  readonly isFailing: boolean
  readonly rate: number
  readonly label: string
  readonly figures: Figures
}

export interface TopologyRows {
  readonly nodes: readonly NodeRow[]
  readonly edges: readonly EdgeRow[]
  /** The whole picture in a sentence or two. */
  readonly summary: string
}

/** What is drawn: without the generator, which is no part of the scenario. */
export function drawnTopology({ nodes, edges }: LabTopology): LabTopology {
  return {
    nodes: nodes.filter(({ kind }) => kind !== 'load'),
    edges: edges.filter(({ from }) => from !== loadNode),
  }
}

export function edgeId({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} → ${to}`
}

/** `isSecret` leaves out every figure: somebody looks for a fault, and the picture would tell. */
export function topologyRows(run: Pick<LabRun, 'topology' | 'nodes' | 'edges'>, isSecret = false): TopologyRows {
  if (isSecret) return secretRows(drawnTopology(run.topology))
  const topology = drawnTopology(run.topology)
  const states = new Map(run.nodes.map((state) => [state.name, state]))
  const flows = new Map(run.edges.map((state) => [edgeId(state), state]))
  const nodes = topology.nodes.flatMap((node) => {
    const state = states.get(node.name)
    return state === undefined ? [] : [nodeRow(node, state)]
  })
  const edges = topology.edges.flatMap((edge) => {
    const state = flows.get(edgeId(edge))
    return state === undefined ? [] : [edgeRow(edge, state)]
  })
  return { nodes, edges, summary: summaryOf(nodes) }
}

const nothing: Figures = { rate: '', errors: '', p95: '', more: '' }

function secretRows({ nodes, edges }: LabTopology): TopologyRows {
  return {
    nodes: nodes.map(({ name, kind, version, system }) => {
      const detail = version ?? system ?? ''
      const plain = { name, kind, detail, left: '', right: '', isFailing: false, isFull: false, trouble: null }
      return { ...plain, description: `${name}, ${kind} ${detail}`, figures: nothing }
    }),
    edges: edges.map((edge) => ({
      ...edge,
      id: edgeId(edge),
      isFailing: false,
      rate: 0,
      label: edge.kind,
      figures: nothing,
    })),
    summary: 'Figures are hidden until the mystery is solved.',
  }
}

function nodeRow(node: LabTopology['nodes'][number], state: LabNodeState): NodeRow {
  const figures: Figures = { ...flowFigures(state), more: moreOf(state) }
  const isFailing = fails(state)
  const full = fullOf(state)
  const detail = node.version ?? node.system ?? ''
  const left = full ?? leftOf(state)
  return {
    name: node.name,
    kind: node.kind,
    detail,
    left,
    right: isFailing ? failedText(state) : figures.p95,
    isFailing,
    isFull: full !== undefined,
    trouble: state.trouble,
    description: [
      `${node.name}, ${node.kind}${detail === '' ? '' : ` ${detail}`}`,
      figures.rate,
      `${figures.errors} failed`,
      figures.p95,
      figures.more,
      state.trouble === null ? '' : `fault: ${state.trouble}`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    figures,
  }
}

function edgeRow(edge: LabEdge, state: LabEdgeState): EdgeRow {
  const isFailing = fails(state)
  const figures: Figures = { ...flowFigures(state), more: moreOf(state) }
  return {
    id: edgeId(edge),
    ...edge,
    isFailing,
    rate: state.rate,
    label: [figures.rate, isFailing ? failedText(state) : '', figures.p95, figures.more]
      .filter((part) => part !== '')
      .join(' · '),
    figures,
  }
}

/** Whole percents: figures of ten seconds are no more exact, and tenths would flicker. */
function roundedShare(share: number): number {
  return Math.round(share * 100) / 100
}

function failedText({ errorRatio }: { readonly errorRatio: number }): string {
  return `${formatShare(roundedShare(errorRatio))} err`
}

function fails({ errorRatio, rate }: { readonly errorRatio: number; readonly rate: number }): boolean {
  const isMany = errorRatio * rate * labWindowSeconds >= failingCount
  return errorRatio >= mostlyFailing || (errorRatio >= failingShare && isMany)
}

/** Two digits of a percentile: the lab's buckets are an eighth wide. */
function flowFigures({ rate, errorRatio, p95Ms }: LabEdgeState | LabNodeState): Omit<Figures, 'more'> {
  return {
    rate: formatRate(rate),
    errors: formatShare(errorRatio),
    p95: p95Ms === null ? '' : `P95 ${formatDuration(Number(p95Ms.toPrecision(2)) * 1e6)}`,
  }
}

function leftOf(state: LabNodeState): string {
  if (state.pool !== null) return poolText(state.pool)
  if (state.hitRatio !== null) return `hit ${formatShare(roundedShare(state.hitRatio))}`
  if (state.queued !== null) return `queue ${formatCount(state.queued)}`
  return formatRate(state.rate)
}

function fullOf({ cpuRatio, memoryRatio }: LabNodeState): string | undefined {
  if (cpuRatio !== null && cpuRatio >= nearlyFull) return `CPU ${formatShare(roundedShare(cpuRatio))}`
  if (memoryRatio !== null && memoryRatio >= nearlyFull) return `memory ${formatShare(roundedShare(memoryRatio))}`
  return undefined
}

function poolText({ used, max }: { readonly used: number; readonly max: number }): string {
  return `pool ${used}/${max}`
}

/** What is not told by rate, errors and P95. */
function moreOf(state: LabNodeState | LabEdgeState): string {
  const parts: string[] = []
  if (state.pool !== null) {
    parts.push(poolText(state.pool))
    if (state.pool.waiting > 0) parts.push(`${formatCount(state.pool.waiting)} waiting`)
  }
  if (state.queued !== null) parts.push(`${formatQuantity(state.queued, 'message')} waiting`)
  if ('hitRatio' in state) {
    if (state.hitRatio !== null) parts.push(`hit ${formatShare(state.hitRatio)}`)
    if (state.cpuRatio !== null) parts.push(`CPU ${formatShare(state.cpuRatio)}`)
    if (state.memoryRatio !== null) parts.push(`memory ${formatShare(state.memoryRatio)}`)
  }
  return parts.join(', ')
}

function summaryOf(nodes: readonly NodeRow[]): string {
  const services = nodes.filter(({ kind }) => kind === 'service').length
  const failing = nodes.filter(({ isFailing }) => isFailing)
  const troubled = nodes.filter(({ trouble }) => trouble !== null)
  return [
    `${formatQuantity(services, 'service')} and ${formatQuantity(nodes.length - services, 'dependency', 'dependencies')}.`,
    failing.length === 0
      ? 'No service fails more than now and then.'
      : `Failing: ${failing.map(({ name, right }) => `${name} (${right})`).join(', ')}.`,
    ...(troubled.length === 0
      ? []
      : [`Faults at ${troubled.map(({ name, trouble }) => `${name} (${trouble})`).join(', ')}.`]),
  ].join(' ')
}
