import { describe, expect, it } from 'vitest'
import { actionOf, keyBindings } from './trace-keys.ts'

describe('actionOf', () => {
  it('gives every key one meaning', () => {
    const keys = keyBindings.flatMap((binding) => binding.keys)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { action, keys: own } of keyBindings) for (const key of own) expect(actionOf(key, false)).toBe(action)
    expect(actionOf('x', false)).toBeUndefined()
  })

  it('leaves a focused control its arrows and Enter, but not letters', () => {
    expect(actionOf('ArrowDown', true)).toBeUndefined()
    expect(actionOf('Enter', true)).toBeUndefined()
    expect(actionOf('j', true)).toBe('next')
    expect(actionOf('Escape', true)).toBe('back')
  })
})
