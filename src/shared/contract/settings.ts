/** What a person can set, what is stored and how big it is, and deleting it. */

import { oc } from '@orpc/contract'
import { z } from 'zod'

const port = z.number().int().min(1).max(65_535)

export const minRetentionBytes = 16 * 1024 * 1024

export const retentionSchema = z.object({
  /** The database is kept at about this size: what is oldest goes first. */
  maxBytes: z.number().int().min(minRetentionBytes),
  /** What is older goes; null keeps everything that fits. */
  maxAgeSeconds: z.number().int().min(60).nullable(),
  /** Rollups, which golden signals are made of, live on their own: what is older goes; null keeps them. */
  rollupMaxAgeSeconds: z.number().int().min(3600).nullable(),
})
export type Retention = z.infer<typeof retentionSchema>

export const settingsSchema = z.object({
  retention: retentionSchema,
  /** Ports really bound now; `zipkin` is null while no port of its own is open for Zipkin clients. */
  ports: z.object({ grpc: z.number(), http: z.number(), zipkin: z.number().nullable() }),
  /** Address the receivers are bound to. */
  otlpHost: z.string(),
})
export type Settings = z.infer<typeof settingsSchema>

const rollupStorageSchema = z.object({
  rows: z.number(),
  bytes: z.number(),
  /** Spans still to be folded while rollups are computed anew, else 0. */
  spansToFold: z.number(),
})

export const storageSchema = z.object({
  rollups: rollupStorageSchema,
  /** The file and its write-ahead log on disk. */
  fileBytes: z.number(),
  /** Of these, free for new data. */
  freeBytes: z.number(),
  /** About how much each signal takes, indexes included: rows are counted, their size is sampled. */
  signals: z.array(z.object({ signal: z.enum(['traces', 'logs', 'metrics']), records: z.number(), bytes: z.number() })),
  services: z.array(
    z.object({
      name: z.string(),
      spans: z.number(),
      logs: z.number(),
      points: z.number(),
      bytes: z.number(),
    }),
  ),
})
export type Storage = z.infer<typeof storageSchema>

export const settings = {
  get: oc.output(settingsSchema),
  setRetention: oc.input(retentionSchema).output(settingsSchema),
  /** Moves the receivers to other ports at once; without `zipkin` that port stays as it is. Errors: PORT_TAKEN, and the old ports stay. */
  setPorts: oc.input(z.object({ grpc: port, http: port, zipkin: port.nullable().optional() })).output(settingsSchema),
  storage: oc.output(storageSchema),
  /** Starts to compute all rollups anew from the stored spans; those of spans that are gone stay. Progress is in the storage. */
  rebuildRollups: oc.output(z.object({})),
  /** Deletes every trace, log and metric; settings stay. */
  deleteAll: oc.input(z.object({ confirm: z.literal('delete all data') })).output(z.object({})),
}
