/** Every query a reader thread can run, by the name it crosses the thread border with. */

import type { SpanDetails } from '#shared/contract/traces.ts'
import { previewExport } from '../export/export-preview.ts'
import { logsAsOtlp } from '../export/otlp-logs.ts'
import { metricAsOtlp } from '../export/otlp-metrics.ts'
import { spanAsOtlp, traceAsOtlp } from '../export/otlp-traces.ts'
import { redactCells } from '../export/redact-cells.ts'
import { listAnnotations } from '../queries/annotations.ts'
import type { QueryContext } from '../queries/context.ts'
import { logDetails } from '../queries/log-details.ts'
import { logHistogram } from '../queries/log-histogram.ts'
import { listLogs } from '../queries/logs.ts'
import { metricChart } from '../queries/metric-chart.ts'
import { metricSeries } from '../queries/metric-series.ts'
import { listMetrics } from '../queries/metrics.ts'
import { listNotedTraces, listNotes } from '../queries/notes.ts'
import { listOperationSignals } from '../queries/operations.ts'
import { readOverview } from '../queries/overview.ts'
import { readExemplars } from '../queries/overview-exemplars.ts'
import { readHeatmap } from '../queries/overview-heatmap.ts'
import { readSaturation } from '../queries/saturation.ts'
import { listSavedViews } from '../queries/saved-views.ts'
import { listOperations, listServices } from '../queries/services.ts'
import { readSettings } from '../queries/settings.ts'
import { readSqlSchema } from '../queries/sql-schema.ts'
import { readLosses, readStoreStatus } from '../queries/status.ts'
import { readStorage } from '../queries/storage.ts'
import { findInTrace } from '../queries/trace-find.ts'
import { type SpanKey, spanDetails } from '../queries/trace-span.ts'
import { traceSummary } from '../queries/trace-summary.ts'
import { listTraces } from '../queries/traces.ts'
import { traceWaterfall } from '../queries/waterfall.ts'

export const readerQueries = {
  listServices,
  listOperations,
  readOverview,
  readHeatmap,
  readExemplars,
  listOperationSignals,
  listAnnotations,
  listNotes,
  listNotedTraces,
  listSavedViews,
  listTraces,
  traceSummary,
  traceWaterfall,
  spanDetails: (context: QueryContext, key: SpanKey): SpanDetails => ({
    ...spanDetails(context, key),
    otlp: spanAsOtlp(context, key),
  }),
  findInTrace,
  listLogs,
  logDetails,
  logHistogram,
  readStoreStatus,
  traceAsOtlp,
  logsAsOtlp,
  metricAsOtlp,
  listMetrics,
  metricSeries,
  metricChart,
  readSaturation,
  readStorage,
  readLosses,
  readSettings,
  previewExport,
  redactCells,
  readSqlSchema,
} as const

export type ReaderQueries = typeof readerQueries
