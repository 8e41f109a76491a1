/** Rows of the Operations table: figures as texts, in an order that holds still while someone aims. */

import { defaultApdexThresholdNs, type OperationSignals } from '#shared/contract/operations.ts'
import { exactDuration, formatCount, formatDuration, formatRate, formatShare } from '../../ui/format.ts'
import { compareNames, operationText } from '../../ui/names.ts'
import type { OperationSort } from './overview-url.ts'
import { leastForPercentile } from './view-words.ts'

export interface Figure {
  readonly text: string
  /** Method, n and exact value. */
  readonly hint: string
}

export interface OperationRow {
  readonly key: string
  readonly service: string
  readonly operation: string
  readonly operationText: string
  /** As it is shown, and as the contract names it. */
  readonly kind: string
  readonly kindName: string
  readonly rate: Figure
  readonly errors: Figure
  readonly hasErrors: boolean
  readonly p50: Figure
  readonly p95: Figure
  readonly p99: Figure
  /** Too few for percentiles to say much. */
  readonly isFew: boolean
  readonly apdex: Figure
  readonly thresholdNs: number
  readonly isOwnThreshold: boolean
  /** 0 to 1. */
  readonly share: number
  readonly shareText: string
  readonly history: readonly (number | null)[]
}

export function operationKey({
  service,
  operation,
  kind,
}: Pick<OperationSignals, 'service' | 'operation' | 'kind'>): string {
  return JSON.stringify([service, operation, kind])
}

export interface RowContext {
  readonly relativeError: number
  /** Over which rates are meant; the engine's range where undefined. */
  readonly coveredSeconds: number | undefined
}

export function operationRow(signals: OperationSignals, { relativeError, coveredSeconds }: RowContext): OperationRow {
  const { n, requests, errors, implicitErrors, apdex, apdexThresholdNs } = signals
  const failed = requests === 0 ? 0 : (errors + implicitErrors) / requests
  const percentile = (name: string, ns: number | null): Figure => ({
    text: ns === null ? '–' : formatDuration(ns),
    hint:
      ns === null
        ? 'No requests'
        : `${name} of ${formatCount(n)}: ${exactDuration(ns)}, within ${formatShare(relativeError)}${n < leastForPercentile ? '; too few to say much' : ''}`,
  })
  return {
    key: operationKey(signals),
    service: signals.service,
    operation: signals.operation,
    operationText: operationText(signals.operation),
    kind: signals.kind.toLowerCase(),
    kindName: signals.kind,
    rate: {
      text: formatRate(coveredSeconds ? requests / coveredSeconds : signals.ratePerSecond),
      hint: `${formatCount(requests)} in this range`,
    },
    errors: {
      text: formatShare(failed),
      hint: `${formatCount(errors)} explicit and ${formatCount(implicitErrors)} implicit of ${formatCount(requests)}`,
    },
    hasErrors: failed > 0,
    p50: percentile('P50', signals.p50Ns),
    p95: percentile('P95', signals.p95Ns),
    p99: percentile('P99', signals.p99Ns),
    isFew: n < leastForPercentile,
    apdex: {
      text: apdex === null ? '–' : apdex.toFixed(2),
      hint: `Apdex with T = ${formatDuration(apdexThresholdNs)}: satisfied up to T, tolerating up to 4 T; failed ones are neither`,
    },
    thresholdNs: apdexThresholdNs,
    isOwnThreshold: apdexThresholdNs !== defaultApdexThresholdNs,
    share: signals.shareOfTime,
    shareText: formatShare(signals.shareOfTime),
    history: signals.p99History ?? [],
  }
}

const isText: ReadonlySet<OperationSort> = new Set(['service', 'operation', 'kind'])

/** Names begin at A, figures at the largest, Apdex at the worst. */
export function firstDirection(sort: OperationSort): 'up' | 'down' {
  return isText.has(sort) || sort === 'apdex' ? 'up' : 'down'
}

/** Keys in order; what has no figure comes last, and equals keep the order they came in. */
export function sortedKeys(
  operations: readonly OperationSignals[],
  sort: OperationSort,
  direction: 'up' | 'down',
): readonly string[] {
  const sign = direction === 'up' ? 1 : -1
  return [...operations]
    .sort((a, b) => {
      if (sort === 'service' || sort === 'operation' || sort === 'kind') return sign * compareNames(a[sort], b[sort])
      const [left, right] = [figureOf(a, sort), figureOf(b, sort)]
      if (left === null || right === null) return Number(left === null) - Number(right === null)
      return sign * (left - right)
    })
    .map(operationKey)
}

function figureOf(
  signals: OperationSignals,
  sort: Exclude<OperationSort, 'service' | 'operation' | 'kind'>,
): number | null {
  switch (sort) {
    case 'rate':
      return signals.ratePerSecond
    case 'errors':
      return signals.requests === 0 ? null : (signals.errors + signals.implicitErrors) / signals.requests
    case 'p50':
      return signals.p50Ns
    case 'p95':
      return signals.p95Ns
    case 'p99':
      return signals.p99Ns
    case 'apdex':
      return signals.apdex
    case 'share':
      return signals.shareOfTime
  }
}
