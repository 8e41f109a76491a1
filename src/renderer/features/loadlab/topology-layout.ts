/** Where the nodes of a topology stand and how its edges run: left to right, laid out once per scenario. */

import { Graph, layout } from '@dagrejs/dagre'
import type { LabTopology } from '#shared/contract/loadlab-catalog.ts'
import { edgeId } from './topology-rows.ts'

/** Between two columns: as narrow as lines can still be told apart, since width is what is scarce. */
const rankGap = 34

/** Longer names are cut off. */
const maxCharacters = 24

interface Size {
  readonly width: number
  readonly height: number
}

/** Of every node: as wide as the longest name needs; for a projector its type is larger. */
export function sizeOf({ nodes }: LabTopology, isLarge: boolean): Size {
  const longest = Math.min(maxCharacters, Math.max(...nodes.map(({ name }) => name.length)))
  const [character, least, height] = isLarge ? [9.2, 136, 70] : [6.9, 114, 56]
  return { width: Math.max(least, Math.round(longest * character + 34)), height }
}

interface Point {
  readonly x: number
  readonly y: number
}

export interface TopologyLayout {
  /** Of the upper left corner. */
  readonly nodes: ReadonlyMap<string, Point>
  readonly edges: ReadonlyMap<string, EdgeLine>
}

export interface EdgeLine {
  /** An SVG path. */
  readonly path: string
  readonly middle: Point
}

export function topologyLayout(topology: LabTopology, isLarge: boolean): TopologyLayout {
  const { nodes, edges } = topology
  const size = sizeOf(topology, isLarge)
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: rankGap, nodesep: 20, edgesep: 14, ranker: 'network-simplex' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { name } of nodes) graph.setNode(name, { ...size })
  for (const { from, to } of edges) graph.setEdge(from, to, {})
  layout(graph)
  const centre = (name: string): Point => {
    const { x = 0, y = 0 } = graph.node(name) as Partial<Point>
    return { x, y }
  }
  const columns = [...new Set(nodes.map(({ name }) => centre(name).x))].sort((one, other) => one - other)
  return {
    nodes: new Map(
      nodes.map(({ name }) => {
        const { x, y } = centre(name)
        return [name, { x: x - size.width / 2, y: y - size.height / 2 }]
      }),
    ),
    edges: new Map(
      edges.map((edge) => {
        const { points = [] } = graph.edge(edge.from, edge.to) as { readonly points?: readonly Point[] }
        const line = { from: centre(edge.from), to: centre(edge.to), bends: points }
        return [edgeId(edge), edgeLine(line, columns, size)]
      }),
    ),
  }
}

interface Line {
  readonly from: Point
  readonly to: Point
  /** Where the layout leads it through the columns between. */
  readonly bends: readonly Point[]
}

/** From the right side of one node to the left side of another, straight through columns and bent between them. */
function edgeLine({ from, to, bends }: Line, columns: readonly number[], { width }: Size): EdgeLine {
  // A call back to the left leaves and arrives at the other sides.
  const half = from.x < to.x ? width / 2 : -width / 2
  const start = { x: from.x + half, y: from.y }
  const end = { x: to.x - half, y: to.y }
  const passed = columns.filter((x) => x > Math.min(from.x, to.x) && x < Math.max(from.x, to.x))
  const between = (half > 0 ? passed : passed.reverse()).flatMap((x) => {
    const { y } = nearest(bends, x) ?? from
    return [
      { x: x - half, y },
      { x: x + half, y },
    ]
  })
  const points = [start, ...between, end]
  const segments = points.slice(1).map((point, index) => {
    const before = points[index] ?? point
    const bend = (before.x + point.x) / 2
    return `C${bend} ${before.y} ${bend} ${point.y} ${point.x} ${point.y}`
  })
  return { path: `M${start.x} ${start.y}${segments.join('')}`, middle: middleOf(points) }
}

function nearest(points: readonly Point[], x: number): Point | undefined {
  return [...points].sort((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x))[0]
}

function middleOf(points: readonly Point[]): Point {
  const right = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 }
  if (points.length % 2 === 1) return right
  const left = points[points.length / 2 - 1] ?? right
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 }
}
