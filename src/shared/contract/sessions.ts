/** Sessions: one database file each. Which is open, which there are, opening another at run time, and copies of it. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'

const maxTitleLength = 100

/** Of this machine: absolute, or within the folder of the session that is open. `.db` is added to a bare name. */
const path = z.string().trim().min(1).max(4096)
const title = z.string().trim().max(maxTitleLength)

export const sessionSchema = z.object({
  path: z.string(),
  /** What a person calls it: its title, else the file's name. */
  name: z.string(),
  isCurrent: z.boolean(),
  /** The file and its write-ahead log. */
  bytes: z.number(),
  counts: z.object({ spans: z.number(), logs: z.number(), points: z.number() }).nullable(),
  /** Of its oldest and newest span or log; null in an empty session, and where `problem` says why it can't be read. */
  startUnixNano: z.string().nullable(),
  endUnixNano: z.string().nullable(),
  /** Null for one that was never opened here. */
  lastOpenedUnixNano: z.string().nullable(),
  /** Why it can't be opened, in a sentence; null when it can. */
  problem: z.string().nullable(),
  /** What can be done about that: one that is damaged may be recovered. */
  fault: z.enum(['gone', 'damaged', 'other']).nullable(),
})
export type Session = z.infer<typeof sessionSchema>

/** Of a copy under way, and once it is there. */
export const copyEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('done'), path: z.string(), bytes: z.number() }),
])
export type CopyEvent = z.infer<typeof copyEventSchema>

/** Of a recovery under way, and what it saved. */
export const recoverEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({
    type: z.literal('done'),
    path: z.string(),
    bytes: z.number(),
    spans: z.number(),
    logs: z.number(),
    points: z.number(),
    notes: z.number(),
    /** Rows that could not be read. */
    lost: z.number(),
  }),
])
export type RecoverEvent = z.infer<typeof recoverEventSchema>

export const sessions = {
  list: oc
    .route({ method: 'GET', path: '/sessions', summary: 'The session that is open, and others', tags: ['Sessions'] })
    .output(
      z.object({
        /** The open one first, then those opened lately, then other files of its folder; at most 60. */
        sessions: z.array(sessionSchema),
        /** Where files without a folder of their own are looked for. */
        folder: z.string(),
      }),
    ),
  /**
   * Another session takes the place of the one that is open. What was acknowledged is in one of the two. Errors: NOT_FOUND,
   * BAD_INPUT, BUSY, STORE_LOCKED, STORE_CORRUPT (with `damaged` where `recover` may help), STORE_FROM_FUTURE, STORE_READONLY, PORT_TAKEN; then
   * nothing has changed.
   */
  open: oc.input(z.object({ path, readOnly: z.boolean().default(false) })).output(z.object({ path: z.string() })),
  /** A new, empty one. Errors: BAD_INPUT for a file that is there already; otherwise as `open`. */
  create: oc.input(z.object({ path })).output(z.object({ path: z.string() })),
  /** The one that ships: unpacked beside the open session the first time. Errors as `open`, and DISK_FULL. */
  openSample: oc.output(z.object({ path: z.string() })),
  /** Saves a copy as one self-contained file, while data comes in. Errors: BAD_INPUT (with `exists` where a file would have to go), NOT_FOUND, DISK_FULL, STORE_READONLY, STORE_LOCKED. */
  saveCopy: oc.input(z.object({ path, replace: z.boolean().default(false) })).output(eventIterator(copyEventSchema)),
  /** The open one: its title (empty for none), its file, or both. Errors: BAD_INPUT, STORE_READONLY. */
  rename: oc
    .input(z.object({ title: title.optional(), file: z.string().trim().min(1).max(255).optional() }))
    .output(z.object({ path: z.string() })),
  /**
   * Saves what can be read of a damaged file, which is never written, into a new one. Errors: NOT_FOUND, BAD_INPUT, STORE_LOCKED,
   * STORE_CORRUPT when nothing can be read, DISK_FULL, STORE_READONLY; then there is no new file.
   */
  recover: oc.input(z.object({ path, newPath: path })).output(eventIterator(recoverEventSchema)),
  /** Takes some off the list of those opened lately; their files stay. */
  forget: oc.input(z.object({ paths: z.array(z.string().max(4096)).min(1).max(100) })).output(z.object({})),
}
