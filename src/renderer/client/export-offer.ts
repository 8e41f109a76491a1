/** What the screen on show would export, and whether the export dialog is open for it or for something else. */

import { useEffect, useSyncExternalStore } from 'react'
import type { ExportFormat, ExportSelection } from '#shared/contract/exports.ts'
import { createStore } from './store.ts'
import type { RangeBounds, TimeRange } from './time-range-url.ts'

export interface ExportOffer {
  /** What it is, as the dialog's first line: `Trace 4bf92f35 with its logs`. */
  readonly what: string
  readonly selection: ExportSelection
  /** A live range goes on until the dialog is opened. */
  readonly range?: () => RangeBounds
  readonly format?: ExportFormat
}

/** `Traces · Live · last 15 min · checkout`. */
export function offerText(subject: string, range: TimeRange, service: string | undefined): string {
  return [subject, range.label, ...(service === undefined ? [] : [service])].join(' · ')
}

const offered = createStore<ExportOffer | undefined>(undefined)
const opened = createStore<ExportOffer | undefined>(undefined)

const everything: ExportOffer = { what: 'Everything stored', selection: {} }

/** Tells what the screen on show would export. Give the same object as long as it is the same. */
export function useExportOffer(offer: ExportOffer): void {
  useEffect(() => {
    offered.set(offer)
    return () => {
      if (offered.get() === offer) offered.set(undefined)
    }
  }, [offer])
}

/** Opens the dialog for `offer`, or for what the screen on show would export. */
export function openExport(offer: ExportOffer = offered.get() ?? everything): void {
  const { range, selection, ...rest } = offer
  opened.set({ ...rest, selection: { ...selection, ...range?.() } })
}

export function closeExport(): void {
  opened.set(undefined)
}

/** What the dialog is open for; undefined while it is closed. */
export function useOpenExport(): ExportOffer | undefined {
  return useSyncExternalStore(opened.subscribe, opened.get)
}
