import { describe, expect, test } from 'vitest'
import { StatusCode } from '#shared/model/span.ts'
import { type PlainValue, tracesOf } from '../../../tests/support/otlp.ts'
import { decodeTracesJson } from '../wire/otlp-traces-json.ts'
import { Outcome, outcomeOf } from './outcome.ts'

const { unset, ok, error } = StatusCode
const exception = ['retry', 'exception']

function outcome(code: number, attributes: Readonly<Record<string, PlainValue>>, events: readonly string[]): number {
  const more = { status: { code }, events: events.map((name) => ({ name })) }
  const request = tracesOf('shop', [{ id: 1, attributes, more }])
  const span = decodeTracesJson(Buffer.from(JSON.stringify(request))).records[0]
  return span ? outcomeOf(span) : Number.NaN
}

describe('the outcome of a span', () => {
  test.each<[string, number, Readonly<Record<string, PlainValue>>, readonly string[], number]>([
    ['status ERROR', error, {}, [], Outcome.error],
    ['nothing said', unset, {}, [], Outcome.ok],
    ['5xx with the status unset', unset, { 'http.response.status_code': 503n }, [], Outcome.implicit],
    ['5xx under its older name', unset, { 'http.status_code': 500n }, [], Outcome.implicit],
    ['5xx that somebody declared ok', ok, { 'http.response.status_code': 503n }, [], Outcome.ok],
    ['4xx with the status unset', unset, { 'http.response.status_code': 404n }, [], Outcome.ok],
    ['an exception with the status unset', unset, {}, exception, Outcome.implicit],
    ['an exception that was handled', ok, {}, exception, Outcome.ok],
    ['another event', unset, {}, ['exceptional'], Outcome.ok],
    ['wrong content', ok, { 'spanlight.response.valid': false }, [], Outcome.implicit],
    ['right content', unset, { 'spanlight.response.valid': true }, [], Outcome.ok],
    ['GraphQL errors as a count', unset, { 'graphql.error.count': 2n }, [], Outcome.implicit],
    ['GraphQL errors as text', unset, { 'graphql.errors': '[{"message":"no"}]' }, [], Outcome.implicit],
    ['no GraphQL errors', unset, { 'graphql.errors': '[]' }, [], Outcome.ok],
    ['wrong content and status ERROR', error, { 'spanlight.response.valid': false }, [], Outcome.error],
  ])('%s', (_, statusCode, attributes, events, expected) => {
    expect(outcome(statusCode, attributes, events)).toBe(expected)
  })
})
