import { expect, test } from 'vitest'
import { hidingRequests, type SkeletonSpan } from './hidden-errors.ts'

const [internal, server, client, producer, consumer] = [1, 2, 3, 4, 5]
const [unset, ok, error] = [0, 1, 2]

/** `id parent kind status` per span. */
const trace = (
  ...spans: (readonly [string, string | null, number | undefined, number | undefined])[]
): SkeletonSpan[] =>
  spans.map(([spanKey, parentKey, kind = internal, statusCode = unset]) => ({
    spanKey,
    parentKey,
    kind: kind ?? 1,
    statusCode: statusCode ?? 0,
  }))

test.each([
  ['a failed call that the request does not show', trace(['a', null, server, unset], ['b', 'a', client, error]), ['a']],
  [
    'a retry that succeeded at last',
    trace(['a', null, server, ok], ['b', 'a', client, error], ['c', 'a', client, unset]),
    ['a'],
  ],
  ['a request that shows it', trace(['a', null, server, error], ['b', 'a', client, error]), []],
  [
    'something between that shows it',
    trace(['a', null, server, unset], ['b', 'a', internal, error], ['c', 'b', client, error]),
    ['a'],
  ],
  [
    'only the nearest of nested requests',
    trace(['a', null, server, unset], ['b', 'a', client, unset], ['c', 'b', server, unset], ['d', 'c', client, error]),
    ['c'],
  ],
  [
    'a failed request below one that does not show it',
    trace(['a', null, server, unset], ['b', 'a', client, unset], ['c', 'b', server, error]),
    ['a'],
  ],
  [
    'a consumer nobody waited for',
    trace(['a', null, server, unset], ['b', 'a', producer, unset], ['c', 'b', consumer, error]),
    [],
  ],
  ['a call within a consumer', trace(['b', 'x', consumer, unset], ['c', 'b', client, error]), ['b']],
  ['a parent that has not arrived', trace(['c', 'b', client, error], ['a', null, server, unset]), []],
  ['a root of any kind', trace(['a', null, internal, unset], ['b', 'a', internal, error]), ['a']],
  ['a cycle', trace(['a', 'b', internal, unset], ['b', 'a', internal, error], ['c', 'a', internal, error]), []],
  ['no error', trace(['a', null, server, unset], ['b', 'a', client, unset]), []],
])('%s', (_, spans, expected) => {
  expect([...hidingRequests(spans)]).toEqual(expected)
})
