/** Every schema step in order; a step's place is its version. Forward only: steps are added, never changed. */

import { sql as tracesAndLogs } from './001-traces-and-logs.ts'
import { sql as metrics } from './002-metrics.ts'
import { sql as retention } from './003-retention.ts'
import { sql as rollups } from './004-rollups.ts'
import { sql as notesAndViews } from './005-notes-and-views.ts'
import { sql as importedRanges } from './006-imported-ranges.ts'
import { sql as tracesView } from './007-traces-view.ts'
import { sql as rollupBuckets } from './008-rollup-buckets.ts'

export const migrations: readonly string[] = [
  tracesAndLogs,
  metrics,
  retention,
  rollups,
  notesAndViews,
  importedRanges,
  tracesView,
  rollupBuckets,
]
