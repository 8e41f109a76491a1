import { describe, expect, it } from 'vitest'
import { addressOf, fragmentOf } from './standalone-address.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('addresses within a file', () => {
  it('name the trace and its span', () => {
    expect(fragmentOf(`/traces/${traceId}`)).toBe(traceId)
    expect(fragmentOf(`/traces/${traceId}?span=00f067aa0ba902b7.1`)).toBe(`${traceId}/00f067aa0ba902b7.1`)
    expect(fragmentOf(`/traces/${traceId}?from=5&span=00f067aa0ba902b7`)).toBe(`${traceId}/00f067aa0ba902b7?from=5`)
    expect(fragmentOf('/traces')).toBe('')
    expect(fragmentOf('/')).toBe('')
  })

  it('lead back to where they came from', () => {
    for (const href of [
      `/traces/${traceId}`,
      `/traces/${traceId}?span=00f067aa0ba902b7.1`,
      `/traces/${traceId}?from=5&to=9&span=00f067aa0ba902b7`,
    ]) {
      const { pathname, search } = addressOf(`#${fragmentOf(href)}`)
      const [path, query] = href.split('?')
      expect(pathname).toBe(path)
      expect(Object.fromEntries(new URLSearchParams(search))).toEqual(Object.fromEntries(new URLSearchParams(query)))
    }
  })

  it('that are none lead to the list', () => {
    for (const fragment of ['', '#', '#/', '#?x=1', '#//host/path', '#javascript:alert(1)'])
      expect(addressOf(fragment)).toEqual({ pathname: '/traces', search: '' })
    expect(addressOf('#ab/%zz')).toEqual({ pathname: '/traces/ab', search: '?span=%25zz' })
  })
})
