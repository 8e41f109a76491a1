/** An exported file as its own page reads it: what it holds, and each trace's parts, read when first asked for. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { BlockName, ExportedTrace, ExportManifest } from '#shared/contract/html-export.ts'
import type { Log } from '#shared/contract/logs.ts'
import { type BlockSource, readBlock, readTextBlock } from './blocks.ts'
import { embeddedLogs } from './embedded-logs.ts'
import { type EmbeddedSpans, embeddedSpans } from './embedded-spans.ts'

export interface EmbeddedTrace {
  readonly about: ExportedTrace
  readonly columns: () => Promise<ArrayBuffer>
  readonly spans: () => Promise<EmbeddedSpans>
  readonly logs: () => Promise<readonly Log[]>
}

export interface EmbeddedFile {
  readonly manifest: ExportManifest
  readonly holds: (traceId: string) => boolean
  /** Throws NOT_FOUND. */
  readonly trace: (traceId: string) => EmbeddedTrace
}

/** Throws when the file is damaged or of a version this page can't read. */
export async function openEmbeddedFile(source: BlockSource): Promise<EmbeddedFile> {
  const manifest = JSON.parse(await readTextBlock(source, 'manifest')) as ExportManifest
  if (manifest.version !== 1) throw new Error(`This file is of version ${String(manifest.version)}.`)
  const traces = new Map(
    manifest.traces.map((about, index): [string, EmbeddedTrace] => [
      about.traceId,
      {
        about,
        // Not kept: the screen keeps what it makes of it.
        columns: () => readBlock(source, `columns-${index}`),
        spans: once(async () => embeddedSpans(await readTextBlock(source, `spans-${index}` satisfies BlockName))),
        logs: once(async () => embeddedLogs(await readTextBlock(source, `logs-${index}` satisfies BlockName))),
      },
    ]),
  )
  return {
    manifest,
    holds: (traceId) => traces.has(traceId),
    trace(traceId) {
      const trace = traces.get(traceId)
      if (trace === undefined) throw new SpanlightError('NOT_FOUND', `This file does not hold trace ${traceId}.`)
      return trace
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
