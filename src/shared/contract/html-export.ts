/**
 * What an exported HTML file carries beside its page: blocks of gzip in base64, whose alphabet can't end an element.
 *
 * `manifest` is an `ExportManifest` as JSON. For every trace there are `columns-N` (see `waterfall.ts`), `spans-N` and
 * `logs-N`. The last two are lines, each a tag, a tab and a JSON text. A record belongs to the resource and scope that
 * were named last before it.
 */

import type { Note } from './notes.ts'
import type { TraceSummary } from './traces.ts'

/** The type of the elements that hold blocks: no browser runs it. */
export const blockType = 'application/octet-stream'

export type BlockName = 'manifest' | `${'columns' | 'spans' | 'logs'}-${number}`

/** The id of the element that holds a block. */
export function blockElementId(name: BlockName): string {
  return `spanlight-${name}`
}

export interface ExportedTrace extends TraceSummary {
  readonly logCount: number
}

export interface ExportManifest {
  readonly version: 1
  readonly exportedUnixNano: string
  /** What was looked for and what was replaced; null when everything is as it was sent. */
  readonly redaction: {
    readonly rules: readonly string[]
    /** Patterns of attribute names. */
    readonly names: readonly string[]
    readonly replaced: readonly { readonly rule: string; readonly count: number }[]
  } | null
  /** Oldest first; the index of a trace is the N of its blocks. */
  readonly traces: readonly ExportedTrace[]
  /** Those on these traces and their spans, in order of writing. */
  readonly notes: readonly Note[]
}

/** Tags of lines; a span's is its id and twin (`00f067aa0ba902b7.0`), so that it is found without reading its JSON. */
export const lineTags = { resource: 'resource', scope: 'scope', log: 'log' } as const

/** OTLP/JSON, as the exporter writes it. */
export type OtlpJson = { readonly [key: string]: unknown }

/** `resource` is all of a `ResourceSpans` or `ResourceLogs` but the scopes. */
export interface ResourceLine {
  readonly service: string
  readonly resource: OtlpJson
}

/** `scope` is all of a `ScopeSpans` or `ScopeLogs` but the records. */
export interface ScopeLine {
  readonly scope: OtlpJson
}

export interface SpanLine {
  readonly span: OtlpJson
  /** Spans in this file whose links point here; absent for none. */
  readonly linkedFrom?: readonly { readonly traceId: string; readonly spanId: string }[]
}

export interface LogLine {
  readonly log: OtlpJson
  /** The instant it is sorted by: its time, else when it was observed, else when it was received. */
  readonly at: string
}
