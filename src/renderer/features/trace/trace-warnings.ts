/** What is odd about a span or a whole trace, in words: the flags of the waterfall explained. */

import { RowFlag, type WaterfallColumns } from '#shared/contract/waterfall.ts'

interface Warning {
  /** A few words, for a list. */
  readonly title: string
  /** What it means and what usually causes it. */
  readonly text: string
}

const rowWarningTexts: readonly (readonly [flag: number, warning: Warning])[] = [
  [
    RowFlag.implicitError,
    {
      title: 'Implicit error',
      text: 'The span failed although its status does not say so: a 5xx response or an exception with the status unset, a response flagged as wrong, or an error below it that it did not show.',
    },
  ],
  [
    RowFlag.missingParent,
    {
      title: 'Missing parent',
      text: 'Spans name this span as their parent, but it has not arrived. It may still be running, was sampled away, or its service does not send here. The bar spans its children.',
    },
  ],
  [
    RowFlag.selfParent,
    {
      title: 'Its own parent',
      text: 'The span names itself as its parent. It is shown as a root. Usually a bug in the instrumentation.',
    },
  ],
  [
    RowFlag.cycle,
    {
      title: 'Parents in a circle',
      text: 'Following the parents from this span leads back to it. The circle is cut here. Usually a bug in the instrumentation.',
    },
  ],
  [
    RowFlag.startsBeforeParent,
    {
      title: 'Starts before its parent',
      text: 'The span starts before its parent does. Usually the clocks of two machines disagree; times are shown as sent.',
    },
  ],
  [
    RowFlag.endsAfterParent,
    {
      title: 'Ends after its parent',
      text: 'The span ends after its parent does: asynchronous work that the parent did not wait for, or clocks that disagree.',
    },
  ],
  [
    RowFlag.negativeDuration,
    {
      title: 'Negative duration',
      text: 'The span ends before it starts. Usually the clock was set back while it ran. The bar covers the time between its end and its start.',
    },
  ],
  [
    RowFlag.zeroDuration,
    {
      title: 'No duration',
      text: 'The span starts and ends in the same nanosecond. Its bar is drawn two pixels wide.',
    },
  ],
  [
    RowFlag.twin,
    {
      title: 'Span id used twice',
      text: 'Another span of this trace has the same span id. Zipkin shares ids between client and server; otherwise the id generator is at fault. Children hang under the first of them.',
    },
  ],
]

/** Flags that stand out; late ends and spans without duration are common and marked quietly. */
const unusualFlags =
  RowFlag.implicitError |
  RowFlag.missingParent |
  RowFlag.selfParent |
  RowFlag.cycle |
  RowFlag.startsBeforeParent |
  RowFlag.negativeDuration |
  RowFlag.twin

export function isUnusual(flags: number): boolean {
  return (flags & unusualFlags) !== 0
}

export interface RowWarning extends Warning {
  readonly unusual: boolean
}

/** Everything odd about one span, in the order of weight. */
export function rowWarnings(flags: number): readonly RowWarning[] {
  return rowWarningTexts
    .filter(([flag]) => (flags & flag) !== 0)
    .map(([flag, warning]) => ({ ...warning, unusual: isUnusual(flag) }))
}

export interface TraceWarning extends Warning {
  readonly title: string
  /** The first row concerned. */
  readonly row: number
}

interface Found {
  readonly count: number
  readonly row: number
}

/** What is odd about the trace as a whole; each leads to the first span concerned. */
export function traceWarnings(columns: WaterfallColumns): readonly TraceWarning[] {
  const warnings: TraceWarning[] = []
  const roots = countRows(columns, (row) => columns.parent[row] === -1 && !has(columns, row, RowFlag.missingParent))
  const add = (found: Found, title: string, text: string) => {
    if (found.count > 0) warnings.push({ title, text, row: found.row })
  }
  const withFlag = (flag: number) => countRows(columns, (row) => has(columns, row, flag))

  const missing = withFlag(RowFlag.missingParent)
  const orphans = countRows(columns, (row) => has(columns, columns.parent[row] ?? -1, RowFlag.missingParent))
  add(
    missing,
    orphans.count === 1 ? '1 span without its parent' : `${format(orphans.count)} spans without their parent`,
    `${missing.count === 1 ? 'One parent has' : `${format(missing.count)} parents have`} not arrived: still running, sampled away, or from a service that does not send here. The spans hang under a row marked "missing parent".`,
  )
  if (roots.count > 1)
    add(
      roots,
      `${format(roots.count)} roots`,
      'Several spans have no parent. A trace usually starts with one; here something used the same trace id again without passing the parent on.',
    )
  const cycles = withFlag(RowFlag.cycle)
  add(
    cycles,
    plural(cycles.count, 'circle of parents', 'circles of parents'),
    'Spans name each other as parents. Each circle is cut at one span, which is shown as a root.',
  )
  const selfParents = withFlag(RowFlag.selfParent)
  add(
    selfParents,
    plural(selfParents.count, 'span is its own parent', 'spans are their own parents'),
    'A span names itself as its parent; it is shown as a root.',
  )
  const early = withFlag(RowFlag.startsBeforeParent)
  add(
    early,
    plural(early.count, 'span starts before its parent', 'spans start before their parents'),
    'Usually the clocks of two machines disagree. Times are shown as sent, not corrected.',
  )
  const negative = withFlag(RowFlag.negativeDuration)
  add(
    negative,
    plural(negative.count, 'span ends before it starts', 'spans end before they start'),
    'Usually a clock was set back. The bar covers the time between end and start.',
  )
  const twins = withFlag(RowFlag.twin)
  add(
    twins,
    plural(twins.count, 'span shares its id', 'spans share their ids'),
    'Several spans of this trace have the same span id. All are kept and shown.',
  )
  return warnings
}

function has(columns: WaterfallColumns, row: number, flag: number): boolean {
  return row >= 0 && ((columns.flags[row] ?? 0) & flag) !== 0
}

function countRows(columns: WaterfallColumns, matches: (row: number) => boolean): Found {
  let count = 0
  let first = -1
  for (let row = 0; row < columns.rowCount; row++) {
    if (!matches(row)) continue
    if (first < 0) first = row
    count++
  }
  return { count, row: first }
}

function format(count: number): string {
  return count.toLocaleString('en-US')
}

function plural(count: number, one: string, many: string): string {
  return `${format(count)} ${count === 1 ? one : many}`
}
