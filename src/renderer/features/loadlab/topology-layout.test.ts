import { expect, test } from 'vitest'
import { topology } from './lab-fixture.ts'
import { sizeOf, topologyLayout } from './topology-layout.ts'
import { drawnTopology, edgeId } from './topology-rows.ts'

const drawn = drawnTopology(topology)

test('callers stand left of what they call, and no two nodes on each other', () => {
  const { nodes } = topologyLayout(drawn, false)
  for (const { from, to } of drawn.edges)
    expect(nodes.get(from)?.x ?? 0, `${from} → ${to}`).toBeLessThan(nodes.get(to)?.x ?? 0)
  const places = [...nodes.values()]
  const { width, height } = sizeOf(drawn, false)
  for (const [index, one] of places.entries())
    for (const other of places.slice(index + 1))
      expect(Math.abs(one.x - other.x) >= width || Math.abs(one.y - other.y) >= height).toBe(true)
})

test('a line runs from the right side of one node to the left side of the other', () => {
  const { nodes, edges } = topologyLayout(drawn, false)
  const { width, height } = sizeOf(drawn, false)
  for (const edge of drawn.edges) {
    const path = edges.get(edgeId(edge))?.path ?? ''
    const from = nodes.get(edge.from)
    const to = nodes.get(edge.to)
    expect(path.startsWith(`M${(from?.x ?? 0) + width} ${(from?.y ?? 0) + height / 2}C`)).toBe(true)
    expect(path.endsWith(` ${to?.x ?? 0} ${(to?.y ?? 0) + height / 2}`)).toBe(true)
  }
})

test('a line to a column further on passes no node', () => {
  const path = topologyLayout(drawn, false).edges.get('shop → orders')?.path ?? ''
  const { nodes } = topologyLayout(drawn, false)
  const { width, height } = sizeOf(drawn, false)
  // Each segment ends where the next begins; flat ones lie within a column.
  const ends = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)(?=C|$)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
  expect(ends.length).toBeGreaterThan(2)
  for (const [name, { x, y }] of nodes)
    for (const end of ends.slice(1, -1))
      expect(end.x > x && end.x < x + width && end.y > y && end.y < y + height, name).toBe(false)
})

test('the same scenario stands the same each time', () => {
  expect(topologyLayout(drawn, true)).toEqual(topologyLayout(drawn, true))
})
