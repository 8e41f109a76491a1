/** What is counted in each view, in words. */

import type { SpanView } from '#shared/contract/overview.ts'

export interface ViewWords {
  /** In the switch. */
  readonly label: string
  readonly one: string
  readonly many: string
  /** Behind a rate per second. */
  readonly rate: string
  /** Which spans count. */
  readonly hint: string
}

export const viewWords: Readonly<Record<SpanView, ViewWords>> = {
  requests: {
    label: 'Requests',
    one: 'request',
    many: 'requests',
    rate: 'req/s',
    hint: 'Entry spans: of kind server or consumer, or without a parent',
  },
  clients: {
    label: 'Clients',
    one: 'call',
    many: 'calls',
    rate: 'calls/s',
    hint: 'Spans of kind client: calls as their callers saw them',
  },
  producers: {
    label: 'Producers',
    one: 'message',
    many: 'messages',
    rate: 'msg/s',
    hint: 'Spans of kind producer: messages as they were sent',
  },
  internal: {
    label: 'Internal',
    one: 'span',
    many: 'spans',
    rate: 'spans/s',
    hint: 'Spans of kind internal: work within a service',
  },
}

/** Fewer than these say little about a percentile. */
export const leastForPercentile = 20
