/** The ingest status in words. */

import type { Status } from '#shared/contract/status.ts'
import { isPruned } from '../../client/losses.ts'
import { formatBytes, formatCount, formatRate } from '../../ui/format.ts'

/** The port of an endpoint such as `http://127.0.0.1:4318` or `127.0.0.1:4317`; undefined when it has none. */
export function portOf(endpoint: string): string | undefined {
  return /:(\d+)\/?$/.exec(endpoint)?.[1]
}

export const stateWords: Readonly<Record<Status['state'], string>> = {
  receiving: 'Receiving',
  idle: 'Idle',
  paused: 'Paused',
  'read-only': 'Read-only',
}

/** The parts of the pill in the top bar, in order. */
export function ingestParts(status: Status): readonly string[] {
  const { spans, logs } = status.rates
  const rate =
    spans === 0 && logs > 0
      ? `${formatRate(logs).replace('/s', ' logs/s')}`
      : `${formatRate(spans).replace('/s', ' spans/s')}`
  const grpc = portOf(status.receivers.grpc)
  const http = portOf(status.receivers.http)
  return [
    status.state === 'receiving' ? rate : stateWords[status.state],
    ...(grpc === undefined ? [] : [`gRPC ${grpc}`]),
    ...(http === undefined ? [] : [`HTTP ${http}`]),
    formatBytes(status.database.bytes),
  ]
}

/** `12 lost`, or undefined while nothing was. What retention pruned is no alarm and stands in the details alone. */
export function lossText(status: Status): string | undefined {
  const lost = status.losses.reduce((sum, loss) => sum + (isPruned(loss) ? 0 : loss.count), 0)
  return lost === 0 ? undefined : `${formatCount(lost)} lost`
}
