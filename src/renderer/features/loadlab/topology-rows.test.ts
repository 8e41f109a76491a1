import { expect, test } from 'vitest'
import { edgeState, nodeState, topology } from './lab-fixture.ts'
import { topologyRows } from './topology-rows.ts'

const calm = [nodeState('shop'), nodeState('payment'), nodeState('orders'), nodeState('events')]
const flows = topology.edges.map(({ from, to }) => edgeState(from, to))

test('the generator is no node, and figures stand on nodes and edges', () => {
  const { nodes, edges, summary } = topologyRows({ topology, nodes: calm, edges: flows })
  expect(nodes.map(({ name, left, right }) => [name, left, right])).toEqual([
    ['shop', '10/s', `P95 38 ms`],
    ['payment', '10/s', `P95 38 ms`],
    ['orders', '10/s', `P95 38 ms`],
    ['events', '10/s', `P95 38 ms`],
  ])
  expect(edges).toHaveLength(5)
  expect(edges[0]).toMatchObject({ id: 'shop → payment', isFailing: false, label: `10/s · P95 38 ms` })
  expect(summary).toBe(`2 services and 2 dependencies. No service fails more than now and then.`)
})

test('stores tell their pool, hits and queue; a full service what it runs out of', () => {
  const { nodes } = topologyRows({
    topology,
    nodes: [
      nodeState('shop', { cpuRatio: 0.97, memoryRatio: 0.4 }),
      nodeState('payment', { hitRatio: 0.94 }),
      nodeState('orders', { pool: { used: 20, max: 20, waiting: 7 } }),
      nodeState('events', { queued: 12 }),
    ],
    edges: [],
  })
  expect(nodes.map(({ left }) => left)).toEqual([`CPU 97 %`, `hit 94 %`, 'pool 20/20', 'queue 12'])
  expect(nodes[0]?.isFull).toBe(true)
  expect(nodes[2]?.description).toContain('pool 20/20, 7 waiting')
})

test('a share of failures counts from a few on, so that one of a handful reddens nothing', () => {
  const failing = { errorRatio: 0.27, rate: 9.8 }
  const { nodes, edges, summary } = topologyRows({
    topology,
    nodes: [
      nodeState('shop', failing),
      nodeState('payment', { errorRatio: 0.4, rate: 0.2 }),
      nodeState('orders', { trouble: 'timeout' }),
      nodeState('events', { errorRatio: 0.01 }),
    ],
    edges: [edgeState('shop', 'orders', failing)],
  })
  expect(nodes.map(({ isFailing }) => isFailing)).toEqual([true, false, false, false])
  expect(nodes[0]?.right).toBe(`27 % err`)
  expect(nodes[0]?.description).toContain(`27 % failed`)
  expect(edges[0]).toMatchObject({ isFailing: true, label: `9.8/s · 27 % err · P95 38 ms` })
  expect(summary).toContain(`Failing: shop (27 % err).`)
  expect(summary).toContain('Faults at orders (timeout).')
})

test('without requests there is no percentile', () => {
  const { nodes } = topologyRows({ topology, nodes: [nodeState('shop', { rate: 0, p95Ms: null })], edges: [] })
  expect(nodes).toMatchObject([{ left: '0/s', right: '' }])
})

test('a single request that fails is told', () => {
  const { nodes } = topologyRows({ topology, nodes: [nodeState('shop', { rate: 0.1, errorRatio: 1 })], edges: [] })
  expect(nodes[0]?.isFailing).toBe(true)
})

test('while somebody looks for a fault the picture tells nothing', () => {
  const failing = { errorRatio: 0.27, cpuRatio: 0.99, trouble: 'timeout' }
  const told = topologyRows({ topology, nodes: [nodeState('shop', failing)], edges: flows }, true)
  expect(told.nodes).toHaveLength(4)
  expect(told.edges).toHaveLength(5)
  expect(JSON.stringify(told)).not.toMatch(/%|ms|timeout|\/s/)
  expect(told.nodes.some(({ isFailing, isFull }) => isFailing || isFull)).toBe(false)
})
