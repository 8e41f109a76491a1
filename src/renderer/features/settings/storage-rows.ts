/** Rows of the tables of what is stored: by signal and by service, with shares of the file. */

import type { Storage } from '#shared/contract/settings.ts'
import { formatBytes, formatCount, formatQuantity, formatShare } from '../../ui/format.ts'

export const storageColumns = ['name', 'spans', 'logs', 'points', 'bytes'] as const
export type StorageColumn = (typeof storageColumns)[number]

export interface StorageSort {
  readonly column: StorageColumn
  /** Names begin with A and figures with the largest, unless reversed. */
  readonly reversed: boolean
}

interface Shared {
  readonly bytes: string
  /** 0 to 1. */
  readonly share: number
  readonly shareText: string
}

export interface SignalRow extends Shared {
  readonly signal: Storage['signals'][number]['signal']
  readonly label: string
  readonly records: string
}

export interface ServiceRow extends Shared {
  readonly name: string
  readonly spans: string
  readonly logs: string
  readonly points: string
}

const signalLabels: Readonly<Record<SignalRow['signal'], string>> = {
  traces: 'Spans',
  logs: 'Log records',
  metrics: 'Metric points',
}

export function signalRows(storage: Storage): readonly SignalRow[] {
  const total = usedBytes(storage)
  return storage.signals.map(({ signal, records, bytes }) => ({
    signal,
    label: signalLabels[signal],
    records: formatCount(records),
    ...shared(bytes, total),
  }))
}

/** Rows that are equal in the column sorted by stand by name. */
export function serviceRows({ services }: Storage, { column, reversed }: StorageSort): readonly ServiceRow[] {
  const total = services.reduce((sum, { bytes }) => sum + bytes, 0)
  const direction = reversed ? -1 : 1
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return services
    .toSorted((a, b) =>
      column === 'name'
        ? direction * byName(a.name, b.name)
        : direction * (b[column] - a[column]) || byName(a.name, b.name),
    )
    .map(({ name, spans, logs, points, bytes }) => ({
      name,
      spans: formatCount(spans),
      logs: formatCount(logs),
      points: formatCount(points),
      ...shared(bytes, total),
    }))
}

function shared(bytes: number, total: number): Shared {
  const share = total === 0 ? 0 : bytes / total
  return { bytes: formatBytes(bytes), share, shareText: formatShare(share) }
}

export interface UsedPart {
  readonly signal: SignalRow['signal']
  /** 0 to 1 of the whole bar. */
  readonly share: number
}

/** What data takes: the size that the limit is about. The file is larger by what is free in it and the log of writes. */
export function usedBytes({ signals }: Storage): number {
  return signals.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The limit as one bar, and what each signal takes of it; a limit that was just lowered may be exceeded for a while. */
export function usedParts(storage: Storage, maxBytes: number): readonly UsedPart[] {
  const whole = Math.max(maxBytes, usedBytes(storage))
  return storage.signals.map(({ signal, bytes }) => ({ signal, share: bytes / whole }))
}

/** How much rollups take: `1,240 rows, about 3.2 MiB`. */
export function rollupsText({ rollups: { rows, bytes } }: Storage): string {
  return `${formatQuantity(rows, 'row')}, about ${formatBytes(bytes)}`
}

/** What is still to be folded while rollups are computed anew; undefined while they are not. */
export function foldingText({ rollups: { spansToFold } }: Storage): string | undefined {
  return spansToFold === 0 ? undefined : `Being computed anew: ${formatQuantity(spansToFold, 'span')} to go`
}
