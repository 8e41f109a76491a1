/** What became of the requests and of the telemetry about them, as figures with their names. */

import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { formatCount, formatDuration, formatRate, formatShare } from '../../ui/format.ts'

export interface Fact {
  readonly name: string
  readonly value: string
  /** What the figure means. */
  readonly hint: string
  readonly tone?: 'bad' | 'warn'
}

type Counted = Pick<
  LabRun,
  | 'requests'
  | 'errors'
  | 'inFlight'
  | 'dropped'
  | 'p50Ms'
  | 'p95Ms'
  | 'currentRate'
  | 'telemetry'
  | 'profile'
  | 'paused'
>

export function factRows(run: Counted): readonly Fact[] {
  const { requests, errors, inFlight, dropped, p50Ms, p95Ms, currentRate, telemetry, profile, paused } = run
  const delivered = telemetry.spans + telemetry.logs + telemetry.points
  const now = { name: 'Now', value: formatRate(currentRate), hint: 'Requests per second that the profile asks for now' }
  return [
    ...(profile === 'steady' && !paused ? [] : [now]),
    { name: 'P50', value: milliseconds(p50Ms), hint: 'As the sender measured, last 10 s' },
    { name: 'P95', value: milliseconds(p95Ms), hint: 'As the sender measured, last 10 s' },
    {
      name: 'Errors',
      value: requests === 0 ? formatCount(errors) : `${formatCount(errors)} (${formatShare(errors / requests)})`,
      hint: 'Requests that ended with status 400 and above, or without an answer, since the start',
    },
    { name: 'In flight', value: formatCount(inFlight), hint: 'Sent and not answered yet' },
    {
      name: 'Dropped',
      value: formatCount(dropped),
      hint: 'Not even sent, because 5,000 were in flight',
      ...(dropped > 0 ? { tone: 'bad' as const } : {}),
    },
    {
      name: 'Delivered',
      value: formatCount(delivered),
      hint: `Telemetry: ${formatCount(telemetry.spans)} spans, ${formatCount(telemetry.logs)} log records, ${formatCount(telemetry.points)} metric points`,
    },
    {
      name: 'Refused',
      value: formatCount(telemetry.refused),
      hint: 'Records that the receiver refused or that could not be delivered',
      ...(telemetry.refused > 0 ? { tone: 'bad' as const } : {}),
    },
  ]
}

function milliseconds(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms * 1e6)
}
