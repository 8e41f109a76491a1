/** Whether this page is an exported file instead of the app, and what such a file says of itself. */

import type { ExportManifest } from '#shared/contract/html-export.ts'

let manifest: ExportManifest | undefined

/** Undefined in the app. */
export function exportManifest(): ExportManifest | undefined {
  return manifest
}

/** Called once, before an exported file's page is drawn. */
export function setExportManifest(opened: ExportManifest): void {
  manifest = opened
}

/** False in an exported file of a single trace, which has no list to go back to. */
export function hasTraceList(): boolean {
  return manifest?.traces.length !== 1
}
