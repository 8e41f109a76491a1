/** Arranges a trace's spans as a forest in pre-order, whatever their parents say: orphans, cycles and twins included. */

import { RowFlag } from '#shared/contract/waterfall.ts'
import { SpanKind } from '#shared/model/span.ts'

export interface TreeSpan {
  /** Ids as any string that is equal exactly when the bytes are. */
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly kind: number
  /** ns since any common origin. */
  readonly start: number
  readonly duration: number
}

export interface TreeRow {
  /** Index into the spans; -1 for the stand-in of a parent that never arrived. */
  readonly span: number
  /** Id of the span, or of the missing parent. */
  readonly spanId: string
  /** Row of the parent, -1 at the top. */
  readonly parent: number
  readonly depth: number
  readonly start: number
  readonly duration: number
  /** Bits of `RowFlag`. */
  flags: number
  /** Rows below this one in its subtree. */
  descendants: number
}

interface Node {
  span: number
  spanId: string
  start: number
  end: number
  flags: number
  parent: Node | undefined
  children: Node[]
}

/** Every span becomes exactly one row; parents come before children, siblings in order of start. */
export function arrange(spans: readonly TreeSpan[]): TreeRow[] {
  const nodes = spans.map(toNode)
  const byId = groupById(nodes)
  const missing = new Map<string, Node>()
  for (const [index, span] of spans.entries()) {
    const node = nodes[index]
    if (node) attach(node, span, spans, byId, missing)
  }
  cutCycles(nodes)
  const all = [...nodes, ...missing.values()]
  for (const node of all) node.parent?.children.push(node)
  for (const parent of missing.values()) spanChildren(parent)
  for (const node of all) node.children.sort(byStart)
  return flatten(all.filter((node) => !node.parent).sort(byStart))
}

function toNode(span: TreeSpan, index: number): Node {
  const flags = (span.duration < 0 ? RowFlag.negativeDuration : 0) | (span.duration === 0 ? RowFlag.zeroDuration : 0)
  const { spanId, start, duration } = span
  return { span: index, spanId, start, end: start + duration, flags, parent: undefined, children: [] }
}

function groupById(nodes: readonly Node[]): Map<string, Node[]> {
  const byId = new Map<string, Node[]>()
  for (const node of nodes) {
    const same = byId.get(node.spanId)
    if (same) same.push(node)
    else byId.set(node.spanId, [node])
  }
  for (const same of byId.values()) if (same.length > 1) for (const node of same) node.flags |= RowFlag.twin
  return byId
}

function attach(
  node: Node,
  span: TreeSpan,
  spans: readonly TreeSpan[],
  byId: ReadonlyMap<string, readonly Node[]>,
  missing: Map<string, Node>,
): void {
  const kindOf = (other: Node): number | undefined => spans[other.span]?.kind
  // Zipkin lets a client and its server share one id: the server's half hangs below the client's.
  if (span.kind === SpanKind.server) {
    const client = byId.get(span.spanId)?.find((twin) => twin !== node && kindOf(twin) === SpanKind.client)
    if (client) {
      node.parent = client
      return
    }
  }
  if (span.parentSpanId === null) return
  if (span.parentSpanId === span.spanId) {
    node.flags |= RowFlag.selfParent
    return
  }
  const candidates = byId.get(span.parentSpanId)
  if (candidates) {
    node.parent = candidates.find((twin) => kindOf(twin) === SpanKind.server) ?? candidates[0]
    return
  }
  let standIn = missing.get(span.parentSpanId)
  if (!standIn) {
    const { start, duration } = span
    standIn = {
      span: -1,
      spanId: span.parentSpanId,
      start,
      end: start + duration,
      flags: RowFlag.missingParent,
      parent: undefined,
      children: [],
    }
    missing.set(span.parentSpanId, standIn)
  }
  node.parent = standIn
}

/** Cuts each cycle above its earliest span, which then stands at the top. */
function cutCycles(nodes: readonly Node[]): void {
  const walkOf = new Map<Node, number>()
  for (const [walk, first] of nodes.entries()) {
    let node: Node | undefined = first
    while (node && !walkOf.has(node)) {
      walkOf.set(node, walk)
      node = node.parent
    }
    if (node && walkOf.get(node) === walk) cutCycle(node)
  }
}

function cutCycle(member: Node): void {
  let earliest = member
  for (let node = member.parent; node && node !== member; node = node.parent) {
    if (byStart(node, earliest) < 0) earliest = node
  }
  earliest.parent = undefined
  earliest.flags |= RowFlag.cycle
}

function spanChildren(parent: Node): void {
  for (const child of parent.children) {
    parent.start = Math.min(parent.start, child.start)
    parent.end = Math.max(parent.end, child.start, child.end)
  }
}

function byStart(left: Node, right: Node): number {
  return left.start - right.start || left.span - right.span
}

function flatten(roots: readonly Node[]): TreeRow[] {
  const rows: TreeRow[] = []
  const pending: { node: Node; parent: number; depth: number }[] = []
  const push = (nodes: readonly Node[], parent: number, depth: number): void => {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]
      if (node) pending.push({ node, parent, depth })
    }
  }
  push(roots, -1, 0)
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, parent, depth } = next
    const { span, spanId, start, end } = node
    const flags = node.flags | outsideFlags(node)
    rows.push({ span, spanId, parent, depth, start, duration: end - start, flags, descendants: 0 })
    push(node.children, rows.length - 1, depth + 1)
  }
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]
    const parent = row && row.parent >= 0 ? rows[row.parent] : undefined
    if (row && parent) parent.descendants += row.descendants + 1
  }
  return rows
}

function outsideFlags(node: Node): number {
  const { parent } = node
  if (!parent || parent.span < 0) return 0
  return (
    (node.start < parent.start ? RowFlag.startsBeforeParent : 0) | (node.end > parent.end ? RowFlag.endsAfterParent : 0)
  )
}
