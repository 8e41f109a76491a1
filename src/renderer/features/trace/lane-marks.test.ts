import { describe, expect, it } from 'vitest'
import type { Log } from '#shared/contract/logs.ts'
import { eventMarks, logMarks } from './lane-marks.ts'
import { traceModel } from './trace-model.ts'
import { waterfallOf } from './waterfall-fixture.ts'

const columns = {
  ...waterfallOf([{ depth: 0 }, { depth: 1 }, { depth: 1, id: 2, twin: 1 }]),
  eventRow: Uint32Array.of(1, 0, 1),
  eventOffset: Float64Array.of(30, 10, 20),
  eventIsException: Uint8Array.of(1, 0, 0),
}
const model = traceModel(columns)

function log(offset: bigint, severityNumber: number, spanId: string | null): Log {
  return {
    id: Number(offset),
    timeUnixNano: String(columns.startUnixNano + offset),
    severityNumber,
    severityText: '',
    body: '',
    serviceName: 'shop',
    traceId: columns.traceId,
    spanId,
    eventName: '',
    attributes: {},
  }
}

describe('eventMarks', () => {
  it('gives each row its own events, exceptions as errors', () => {
    expect(eventMarks(model, 0).map(({ offsetNs, tone }) => [offsetNs, tone])).toEqual([[10, 'plain']])
    expect(eventMarks(model, 1).map(({ offsetNs, tone }) => [offsetNs, tone])).toEqual([
      [30, 'error'],
      [20, 'plain'],
    ])
    expect(eventMarks(model, 2)).toEqual([])
  })
})

describe('logMarks', () => {
  it('marks logs on the row of their span, the others on the trace', () => {
    const marks = logMarks(
      [
        log(5n, 9, 'abcdef0100000001'),
        log(6n, 17, 'abcdef0100000001'),
        log(-3n, 13, null),
        log(7n, 9, 'abcdef01000000ff'),
      ],
      model.index,
      columns.startUnixNano,
    )
    expect(marks.byRow.get(0)?.map(({ offsetNs, tone }) => [offsetNs, tone])).toEqual([
      [5, 'plain'],
      [6, 'error'],
    ])
    expect(marks.onTrace.map(({ offsetNs, tone }) => [offsetNs, tone])).toEqual([
      [-3, 'warn'],
      [7, 'plain'],
    ])
  })
})
