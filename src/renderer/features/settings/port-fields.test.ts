import { describe, expect, test } from 'vitest'
import { parsePort, portProblems, refusedField } from './port-fields.ts'

describe('port fields', () => {
  test.each([
    ['4317', 4_317],
    [' 1 ', 1],
    ['65535', 65_535],
    ['0', undefined],
    ['65536', undefined],
    ['43.17', undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('%j', (text, expected) => {
    expect(parsePort(text)).toBe(expected)
  })

  test('say what is wrong beside the field it is wrong in', () => {
    expect(portProblems({ grpc: '4317', http: '4318', zipkin: '' })).toEqual({})
    expect(Object.keys(portProblems({ grpc: 'x', http: '0', zipkin: 'y' }))).toEqual(['grpc', 'http', 'zipkin'])
    expect(Object.keys(portProblems({ grpc: '4317', http: '4317', zipkin: '' }))).toEqual(['http'])
    expect(Object.keys(portProblems({ grpc: '4317', http: '4318', zipkin: '4318' }))).toEqual(['zipkin'])
  })

  test('know whose port was taken', () => {
    const texts = { grpc: '4317', http: '4400', zipkin: '9411' }
    expect(refusedField(texts, { code: 'PORT_TAKEN', data: { port: 4_400 } })).toBe('http')
    expect(refusedField(texts, { code: 'PORT_TAKEN', data: { port: 9_411 } })).toBe('zipkin')
    expect(refusedField(texts, { code: 'PORT_TAKEN', data: { port: 9 } })).toBeUndefined()
    expect(refusedField(texts, new Error('x'))).toBeUndefined()
  })
})
