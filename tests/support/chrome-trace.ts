/** Chrome's Trace Event Format as its document defines it, with the rule that decides how threads are drawn: slices nest. */

import { z } from 'zod'

const where = { pid: z.number().int(), tid: z.number().int() }
const named = { name: z.string().min(1), cat: z.string() }
const ts = z.number()
/** The document allows any text; Perfetto 52 counts one that is no number as `flow_invalid_id` and draws nothing. */
const flowId = z.number().int().positive()
const args = z.record(z.string(), z.unknown())

const event = z.discriminatedUnion('ph', [
  z.strictObject({
    ph: z.literal('X'),
    ...where,
    ...named,
    ts,
    dur: z.number().nonnegative(),
    cname: z.string().optional(),
    args,
  }),
  z.strictObject({ ph: z.literal('i'), ...where, ...named, ts, s: z.enum(['g', 'p', 't']), args }),
  z.strictObject({ ph: z.literal('s'), ...where, ...named, ts, id: flowId }),
  z.strictObject({ ph: z.literal('f'), ...where, ...named, ts, id: flowId, bp: z.literal('e') }),
  z.strictObject({
    ph: z.literal('b'),
    ...where,
    ...named,
    ts,
    id: z.string(),
    cname: z.string().optional(),
    args: args.optional(),
  }),
  z.strictObject({ ph: z.literal('e'), ...where, ...named, ts, id: z.string() }),
  z.strictObject({
    ph: z.literal('M'),
    ...where,
    name: z.enum(['process_name', 'thread_name', 'thread_sort_index']),
    args,
  }),
])
type Event = z.infer<typeof event>
export type Slice = Extract<Event, { ph: 'X' }>

const chromeFile = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  traceEvents: z.array(event),
  otherData: z.record(z.string(), z.string()),
})

/** Throws where the file isn't as the document has it. */
export function readChromeTrace(text: string): {
  readonly events: readonly Event[]
  readonly slices: readonly Slice[]
} {
  const { traceEvents } = chromeFile.parse(JSON.parse(text))
  return { events: traceEvents, slices: traceEvents.filter((each) => each.ph === 'X') }
}

/** Pairs of slices of one thread that overlap without one being within the other. Slices are compared in nanoseconds. */
export function overlaps(slices: readonly Slice[]): [Slice, Slice][] {
  const threads = Map.groupBy(slices, ({ pid, tid }) => `${pid} ${tid}`)
  const found: [Slice, Slice][] = []
  for (const thread of threads.values()) {
    const open: Slice[] = []
    for (const slice of thread.toSorted((left, right) => start(left) - start(right) || end(right) - end(left))) {
      while (open.length > 0 && end(open.at(-1)) <= start(slice)) open.pop()
      const around = open.at(-1)
      if (around && end(slice) > end(around)) found.push([around, slice])
      open.push(slice)
    }
  }
  return found
}

const start = (slice: Slice): number => Math.round(slice.ts * 1000)
const end = (slice: Slice | undefined): number =>
  slice ? Math.round(slice.ts * 1000) + Math.round(slice.dur * 1000) : 0
