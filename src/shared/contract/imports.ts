/** Reading files: bytes go in by chunks, the same way from a browser, the window and the command line; a report comes back. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { instant } from './inputs.ts'

/** The largest chunk that `append` takes; small enough for every carrier's message limit. */
export const importChunkBytes = 512 * 1024
/** An import whose sender says nothing for so long is ended; an empty chunk keeps it open. */
export const importIdleMs = 120_000

export const maxRunningImports = 32

const maxNameCharacters = 1_000

/** Reasons of refusals that whoever shows them adds advice to, which isn't the same in a terminal and in a window. */
export const refusalReasons = {
  unknownText: 'its format is not recognised, but it is text',
  damagedSession: 'the session is damaged or cut short',
} as const

const recordCounts = z.object({ spans: z.number(), logs: z.number(), points: z.number() })
export type RecordCounts = z.infer<typeof recordCounts>

export const importProgressSchema = z.object({
  id: z.string(),
  /** Name of the file, or what the sender called it. */
  name: z.string(),
  /** `failed`: it broke, `problem` says how; what was whole before is stored, as it is after `cancelled`. */
  state: z.enum(['running', 'finished', 'failed', 'cancelled']),
  startedUnixNano: z.string(),
  /** What was recognised, such as `Jaeger JSON (gzip)`; empty until it is. */
  format: z.string(),
  readBytes: z.number(),
  /** Null when the sender doesn't know. */
  sizeBytes: z.number().nullable(),
  /** Over the last seconds while it runs, over all of it afterwards. */
  bytesPerSecond: z.number(),
  recordsPerSecond: z.number(),
  /** Null when there is nothing to tell it from. */
  secondsLeft: z.number().nullable(),
  /** Records found; each of them is stored, repeated or refused. */
  read: recordCounts,
  stored: recordCounts,
  /** Those that were stored already before this import began, and spans that came twice. */
  repeated: recordCounts,
  /** Records that can't be kept, and lines, documents or parts that can't be read. */
  refused: z.number(),
  /** Why it failed and what to do next; else null. */
  problem: z.string().nullable(),
})
export type ImportProgress = z.infer<typeof importProgressSchema>

const refusalSchema = z.object({
  /** The file within a zip or folder; null for the import itself. */
  file: z.string().nullable(),
  /** Line of the text, or number of the message in protobuf; null where there is neither. */
  line: z.number().nullable(),
  reason: z.string(),
  /** How many records of this line. */
  count: z.number(),
})
export type ImportRefusal = z.infer<typeof refusalSchema>

export const importReportSchema = importProgressSchema.extend({
  /** Every refusal, counted by its reason; most first. */
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  /** The first hundred, with their place. */
  refusals: z.array(refusalSchema),
  /** What the records that were read span: where the app goes. Null when there were none. */
  range: z.object({ start: z.string(), end: z.string() }).nullable(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const importBeginSchema = z.object({
  name: z.string().min(1).max(maxNameCharacters),
  sizeBytes: z.number().int().nonnegative().nullable().default(null),
  /** When the file was last changed: stands in for the time of records that have none. */
  modifiedUnixNano: instant.optional(),
  /** `text` takes each line for a log record; else the format is recognised by the content. */
  as: z.enum(['auto', 'text']).default('auto'),
  /** `service.name` of log lines that name none. */
  service: z.string().min(1).max(maxNameCharacters).optional(),
})

const id = z.object({ id: z.string() })

export const imports = {
  /** Errors: BUSY while too many imports run. */
  begin: oc.input(importBeginSchema).output(id),
  /**
   * Takes the next bytes, at most `importChunkBytes`; answers when there is room for more. Once the answer's state isn't
   * `running` nothing more is wanted: `finish` has the report. Errors: NOT_FOUND, TOO_LARGE.
   */
  append: oc
    .input(
      id.extend({
        chunk: z.instanceof(Blob),
        /** Given where a file begins, when many go into one import, as those of a folder do. */
        file: z.string().min(1).max(maxNameCharacters).optional(),
      }),
    )
    .output(importProgressSchema),
  /** A file can't be read, or not to its end: told in the report, and the import goes on with the next. Errors: NOT_FOUND. */
  refuse: oc
    .input(
      id.extend({
        /** Null for the only file. */
        file: z.string().min(1).max(maxNameCharacters).nullable(),
        reason: z.string().min(1).max(maxNameCharacters),
      }),
    )
    .output(importProgressSchema),
  /** No more bytes: answers when everything is stored, with the report, also of an import that failed. Errors: NOT_FOUND. */
  finish: oc.input(id).output(importReportSchema),
  /** Stops; what is stored stays. Errors: NOT_FOUND. */
  cancel: oc.input(id).output(importReportSchema),
  /**
   * Reads files and folders of this machine by itself, one import for each; for the desktop window only. What can't be read
   * says so in its report. Errors: BAD_INPUT, BUSY.
   */
  open: oc
    .input(z.object({ paths: z.array(z.string()).min(1).max(maxRunningImports), as: importBeginSchema.shape.as }))
    .output(z.object({ ids: z.array(z.string()) })),
  /** Imports that run and the last that ended, newest first: now, and at most twice a second when it changed. */
  watch: oc.output(eventIterator(z.array(importReportSchema))),
}
