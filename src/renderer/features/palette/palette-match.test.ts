import { describe, expect, test } from 'vitest'
import { matchGroups, traceIdIn } from './palette-match.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('a trace id in a text', () => {
  test('alone, in upper case, with blanks around', () => {
    expect(traceIdIn(id)).toBe(id)
    expect(traceIdIn(` ${id.toUpperCase()}\n`)).toBe(id)
  })

  test('within a traceparent and a link', () => {
    expect(traceIdIn(`00-${id}-00f067aa0ba902b7-01`)).toBe(id)
    expect(traceIdIn(`http://127.0.0.1:4319/traces/${id}?range=1h`)).toBe(id)
  })

  test('not in longer or shorter runs of hex, nor all zero', () => {
    expect(traceIdIn(`${id}0`)).toBeUndefined()
    expect(traceIdIn(id.slice(1))).toBeUndefined()
    expect(traceIdIn('0'.repeat(32))).toBeUndefined()
    expect(traceIdIn('checkout')).toBeUndefined()
  })
})

describe('matching commands', () => {
  const groups = [
    { group: 'Go to', actions: [{ label: 'Logs' }, { label: 'Traces' }] },
    { group: 'Service', actions: [{ label: 'blog' }, { label: 'logger', keywords: ['filter'] }] },
  ]

  test('nothing typed finds all', () => {
    expect(matchGroups('  ', groups)).toBe(groups)
  })

  test('every word must occur, anywhere', () => {
    expect(matchGroups('service filter', groups)).toEqual([
      { group: 'Service', actions: [{ label: 'logger', keywords: ['filter'] }] },
    ])
    expect(matchGroups('nowhere', groups)).toEqual([])
  })

  test('beginnings come first', () => {
    expect(matchGroups('log', groups).map(({ actions }) => actions.map(({ label }) => label))).toEqual([
      ['Logs'],
      ['logger', 'blog'],
    ])
  })
})
