/** Calls answered from the data that an exported file carries: what its screens ask, and nothing else. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { Api } from '../api.ts'
import type { Carrier } from '../connect.ts'
import type { EmbeddedFile } from './embedded-file.ts'
import { embeddedDetails } from './embedded-spans.ts'
import { findEmbedded } from './find-embedded.ts'
import { searchLogs } from './search-logs.ts'

interface Answers {
  readonly traces: Pick<Api['traces'], 'summary' | 'waterfall' | 'span' | 'find'>
  readonly logs: Pick<Api['logs'], 'list'>
  readonly notes: Pick<Api['notes'], 'list' | 'traces'>
}

export function embeddedCarrier(file: EmbeddedFile): Carrier {
  const answers = answersFrom(file)
  return ({ opened }) => {
    opened({
      call: (path, input, options) => {
        const answer = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), answers)
        if (typeof answer !== 'function')
          return Promise.reject(new Error(`An exported file has no answer to ${path.join('.')}.`))
        return Promise.resolve(answer(input, options))
      },
    })
    return () => undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function answersFrom(file: EmbeddedFile): Answers {
  const isHere = (traceId: string): boolean => file.holds(traceId)
  return {
    traces: {
      summary: async ({ traceId }) => {
        const { logCount: _, ...summary } = file.trace(traceId).about
        return summary
      },
      waterfall: async ({ traceId }) => new Blob([await file.trace(traceId).columns()]),
      span: async ({ traceId, spanId, twin = 0 }) => {
        const span = (await file.trace(traceId).spans()).get(`${spanId}.${twin}`)
        if (span === undefined)
          throw new SpanlightError('NOT_FOUND', `Trace ${traceId} has no span ${spanId} in this file.`)
        return embeddedDetails(span, { twin, isHere })
      },
      find: async ({ traceId, text }, options) => ({
        spans: await findEmbedded(await file.trace(traceId).spans(), text, options?.signal),
      }),
    },
    logs: {
      list: async ({ traceId = '', spanId, q = '' }) => {
        const logs = searchLogs(await file.trace(traceId).logs(), q)
        return { logs: logs.filter((log) => spanId === undefined || log.spanId === spanId), nextCursor: null }
      },
    },
    notes: {
      list: async ({ traceId }) => {
        const notes = file.manifest.notes.filter((note) => note.traceId === traceId)
        return { notes, noteCount: notes.length }
      },
      traces: async () => {
        const counts = Map.groupBy(file.manifest.notes, (note) => note.traceId ?? '')
        return { traces: [...counts].map(([traceId, notes]) => ({ traceId, count: notes.length })) }
      },
    },
  }
}
