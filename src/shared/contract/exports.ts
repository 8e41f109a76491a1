/** Handing telemetry on: what is selected, in which format, and what is redacted on the way out. */

import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { timeRange, traceId } from './inputs.ts'
import { logFilterSchema } from './logs.ts'
import { traceFilterSchema } from './traces.ts'

export const exportSignals = ['traces', 'logs', 'metrics'] as const
export type ExportSignal = (typeof exportSignals)[number]

/** Filters of the screens, each for its signal; service and time mean the same for all. */
export const exportSelectionSchema = z.object({
  /**
   * Everything unless told; with traces chosen by id or filter, these traces and their logs; with logs or metrics filtered,
   * these alone.
   */
  signals: z.array(z.enum(exportSignals)).min(1).optional(),
  service: z.string().optional(),
  ...timeRange,
  traceIds: z.array(traceId).min(1).max(10_000).optional(),
  traces: traceFilterSchema.omit({ service: true, start: true, end: true }).optional(),
  logs: logFilterSchema.omit({ service: true, start: true, end: true }).optional(),
  metrics: z
    .object({
      names: z.array(z.string()).min(1).max(1_000).optional(),
      /** KEY=VALUE, each an attribute of the series or of its resource. */
      attr: z
        .array(z.string().regex(/^[^=]+=/s, 'must be KEY=VALUE'))
        .max(20)
        .optional(),
    })
    .optional(),
})
export type ExportSelection = z.infer<typeof exportSelectionSchema>

/** What a selection means that names no signals. */
export function defaultExportSignals({ traceIds, traces, logs, metrics }: ExportSelection): readonly ExportSignal[] {
  if (traceIds !== undefined || traces !== undefined) return ['traces', 'logs']
  if (logs !== undefined) return ['logs']
  return metrics === undefined ? exportSignals : ['metrics']
}

/** What is looked for in every text and value, beside the names a person adds. */
export const redactionRules = ['secrets', 'emails', 'cards', 'ips', 'sql', 'urls'] as const
export type RedactionRule = (typeof redactionRules)[number]

const maxRedactionNames = 100
const maxRedactionPatterns = 20

export const redactionSchema = z.object({
  /** Built-in rules that are used; all unless told. */
  rules: z.array(z.enum(redactionRules)).default([...redactionRules]),
  /** Attributes whose whole value is replaced, in any case; `*` stands for any characters. */
  names: z.array(z.string().trim().min(1).max(200)).max(maxRedactionNames).default([]),
  /** Words of texts that are replaced, in any case; `*` stands for any characters of a word: `cust_*`. */
  patterns: z
    .array(
      z
        .string()
        .trim()
        .max(200)
        .regex(/^[^\s]*[^\s*][^\s]*$/, 'must be one word, and more than stars'),
    )
    .max(maxRedactionPatterns)
    .default([]),
})
export type Redaction = z.infer<typeof redactionSchema>

export const defaultRedaction: Redaction = { rules: [...redactionRules], names: [], patterns: [] }
/** Nothing is redacted. */
export const noRedaction: Redaction = { rules: [], names: [], patterns: [] }

export const exportFormats = [
  'otlp-jsonl',
  'otlp-json',
  'otlp-protobuf',
  'jaeger',
  'zipkin',
  'chrome',
  'csv',
  'markdown',
  'html',
  'session',
] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface ExportFormatFacts {
  /** What a person chooses by. */
  readonly label: string
  readonly extension: string
  readonly mediaType: string
  /** Signals it can hold; of others nothing is written. */
  readonly signals: readonly ExportSignal[]
  /** True where a file holds one signal at most, so that one has to be chosen. */
  readonly oneSignal: boolean
  readonly binary: boolean
}

export const exportFormatFacts: Readonly<Record<ExportFormat, ExportFormatFacts>> = {
  'otlp-jsonl': {
    label: 'OTLP, JSON Lines',
    extension: '.jsonl',
    mediaType: 'application/jsonl',
    signals: exportSignals,
    oneSignal: false,
    binary: false,
  },
  'otlp-json': {
    label: 'OTLP, one JSON document',
    extension: '.otlp.json',
    mediaType: 'application/json',
    signals: exportSignals,
    oneSignal: false,
    binary: false,
  },
  'otlp-protobuf': {
    label: 'OTLP, protobuf',
    extension: '.otlp.pb',
    mediaType: 'application/x-protobuf',
    signals: exportSignals,
    oneSignal: false,
    binary: true,
  },
  jaeger: {
    label: 'Jaeger JSON',
    extension: '.jaeger.json',
    mediaType: 'application/json',
    signals: ['traces'],
    oneSignal: false,
    binary: false,
  },
  zipkin: {
    label: 'Zipkin v2 JSON',
    extension: '.zipkin.json',
    mediaType: 'application/json',
    signals: ['traces'],
    oneSignal: false,
    binary: false,
  },
  chrome: {
    label: 'Chrome trace, for Perfetto',
    extension: '.trace.json',
    mediaType: 'application/json',
    signals: ['traces', 'logs'],
    oneSignal: false,
    binary: false,
  },
  csv: {
    label: 'CSV, one table',
    extension: '.csv',
    mediaType: 'text/csv',
    signals: exportSignals,
    oneSignal: true,
    binary: false,
  },
  markdown: {
    label: 'Markdown, a summary of each trace',
    extension: '.md',
    mediaType: 'text/markdown',
    signals: ['traces', 'logs'],
    oneSignal: false,
    binary: false,
  },
  html: {
    label: 'HTML, one page for any browser',
    extension: '.html',
    mediaType: 'text/html',
    signals: ['traces', 'logs'],
    oneSignal: false,
    binary: false,
  },
  session: {
    label: 'Spanlight session',
    extension: '.db',
    mediaType: 'application/vnd.sqlite3',
    signals: exportSignals,
    oneSignal: false,
    binary: true,
  },
}

export const exportRequestSchema = z.object({
  selection: exportSelectionSchema,
  format: z.enum(exportFormats),
  /** Absent means the rules kept in the settings. */
  redaction: redactionSchema.optional(),
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

const countsSchema = z.object({ traces: z.number(), spans: z.number(), logs: z.number(), points: z.number() })
export type ExportCounts = z.infer<typeof countsSchema>

export const redactionSampleSchema = z.object({
  rule: z.string(),
  /** Where it was found, such as `attribute db.query.text`. */
  where: z.string(),
  before: z.string(),
  after: z.string(),
})
export type RedactionSample = z.infer<typeof redactionSampleSchema>

export const exportPreviewSchema = z.object({
  counts: countsSchema,
  /** False when there is more than could be counted in the time a preview takes. */
  complete: z.boolean(),
  /** About how large the file will be; null when nothing is selected. */
  bytes: z.number().nullable(),
  redaction: z.object({
    /** Values replaced in the records looked at, by rule. */
    found: z.array(z.object({ rule: z.string(), count: z.number() })),
    /** How many records were looked at. */
    looked: z.number(),
    samples: z.array(redactionSampleSchema),
  }),
  /** What this format leaves out of the selection, in sentences. */
  notices: z.array(z.string()),
})
export type ExportPreview = z.infer<typeof exportPreviewSchema>

export interface ExportProgress {
  readonly counts: ExportCounts
  /** Share done, 0 to 1; null while it can't be known. */
  readonly share: number | null
  readonly bytes: number
  /** Values replaced so far. */
  readonly redacted: number
  readonly done: boolean
  /** What is missing and why, once done. */
  readonly notices: readonly string[]
}

export interface ExportChunk {
  /** Null once done. */
  readonly chunk: Blob | null
  readonly progress: ExportProgress
}

/** Cells of a table that is saved. */
export const redactCellsSchema = z.object({
  /** Made for one file: cells sent with the same key have the same pseudonyms for equal values. */
  key: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
  /** With the names of their columns. */
  cells: z.array(z.object({ name: z.string(), text: z.string() })).max(10_000),
})

const exportKey = z.object({ exportId: z.string() })

export const exports = {
  /** Errors: BAD_INPUT for what the format can't hold, NOT_FOUND for a trace named by its id, CANCELLED. */
  preview: oc.input(exportRequestSchema).output(exportPreviewSchema),
  /** Starts an export, whose bytes are fetched with `next` until it is done. Errors: BUSY. */
  start: oc.input(exportRequestSchema).output(z.object({ exportId: z.string(), fileName: z.string() })),
  /**
   * The next bytes. Whoever asks for none for a minute loses the export. Errors: NOT_FOUND when it is over or nothing is selected,
   * BAD_INPUT for what the format can't hold, CANCELLED.
   */
  next: oc.input(exportKey).output(type<ExportChunk>()),
  cancel: oc.input(exportKey).output(z.object({})),
  /** Texts as an export writes them by the rules that are kept, in the same order. */
  redactCells: oc.input(redactCellsSchema).output(z.object({ texts: z.array(z.string()) })),
  /** The redaction rules kept in this database. */
  redaction: oc.output(redactionSchema),
  setRedaction: oc.input(redactionSchema).output(redactionSchema),
}
