/** The contract, implemented: every procedure says which query or state answers it. */

import { implement } from '@orpc/server'
import { SpanlightError } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'
import { eventsWithKnownErrors } from './api-errors.ts'
import type { Readers } from './current-store.ts'
import type { ExportDesk } from './export-desk.ts'
import type { ImportDesk } from './import-desk.ts'
import type { LoadLabDesk } from './loadlab-desk.ts'
import type { Notebook } from './notebook.ts'
import type { SessionDesk } from './session-desk.ts'
import type { SettingsDesk } from './settings-desk.ts'
import type { SqlDesk } from './sql-desk.ts'
import type { StatusBoard } from './status-board.ts'

export interface ApiContext {
  readonly readers: Readers
  readonly sessions: SessionDesk
  readonly status: StatusBoard
  readonly settings: SettingsDesk
  readonly loadlab: LoadLabDesk
  readonly notebook: Notebook
  readonly sql: SqlDesk
  readonly imports: ImportDesk
  readonly exports: ExportDesk
  /** Whether who asks may have files of this machine read by their path: a window may, a browser elsewhere may not. */
  readonly opensPaths: boolean
}

const os = implement(contract).$context<ApiContext>()

const json = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/json' })
const columns = (bytes: Uint8Array): Blob =>
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' })

export const router = os.router({
  health: {
    get: os.health.get.handler(({ context }) => context.status.health()),
  },
  status: {
    ingest: os.status.ingest.handler(({ context }) => context.status.ingest()),
    get: os.status.get.handler(({ context }) => context.status.status()),
    watch: os.status.watch.handler(({ context, signal }) => context.status.watch(signal)),
  },
  services: {
    list: os.services.list.handler(({ context, signal }) => context.readers.query('listServices', undefined, signal)),
    operations: os.services.operations.handler(({ context, input, signal }) =>
      context.readers.query('listOperations', input, signal),
    ),
  },
  overview: {
    get: os.overview.get.handler(({ context, input, signal }) => context.readers.query('readOverview', input, signal)),
    heatmap: os.overview.heatmap.handler(({ context, input, signal }) =>
      context.readers.query('readHeatmap', input, signal),
    ),
    exemplars: os.overview.exemplars.handler(({ context, input, signal }) =>
      context.readers.query('readExemplars', input, signal),
    ),
  },
  operations: {
    list: os.operations.list.handler(({ context, input, signal }) =>
      context.readers.query('listOperationSignals', input, signal),
    ),
    setApdexThreshold: os.operations.setApdexThreshold.handler(async ({ context, input }) => {
      await context.settings.setApdexThreshold(input)
      return {}
    }),
  },
  annotations: {
    list: os.annotations.list.handler(({ context, input, signal }) =>
      context.readers.query('listAnnotations', input, signal),
    ),
    remove: os.annotations.remove.handler(({ context, input }) =>
      context.notebook.run({ name: 'removeAnnotation', ...input }),
    ),
  },
  notes: {
    list: os.notes.list.handler(({ context, input, signal }) => context.readers.query('listNotes', input, signal)),
    traces: os.notes.traces.handler(({ context, signal }) =>
      context.readers.query('listNotedTraces', undefined, signal),
    ),
    add: os.notes.add.handler(({ context, input }) => context.notebook.run({ name: 'addNote', ...input })),
    edit: os.notes.edit.handler(({ context, input }) => context.notebook.run({ name: 'editNote', ...input })),
    remove: os.notes.remove.handler(({ context, input }) => context.notebook.run({ name: 'removeNote', ...input })),
  },
  sessions: {
    list: os.sessions.list.handler(({ context }) => context.sessions.list()),
    open: os.sessions.open.handler(({ context, input }) => context.sessions.open(input.path, input.readOnly)),
    create: os.sessions.create.handler(({ context, input }) => context.sessions.create(input.path)),
    openSample: os.sessions.openSample.handler(({ context }) => context.sessions.openSample()),
    saveCopy: os.sessions.saveCopy.handler(({ context, input, signal }) =>
      context.sessions.saveCopy(input.path, input.replace, signal),
    ),
    recover: os.sessions.recover.handler(({ context, input, signal }) =>
      context.sessions.recover(input.path, input.newPath, signal),
    ),
    rename: os.sessions.rename.handler(({ context, input }) => context.sessions.rename(input)),
    forget: os.sessions.forget.handler(({ context, input }) => {
      context.sessions.forget(input.paths)
      return {}
    }),
  },
  savedViews: {
    list: os.savedViews.list.handler(({ context, input, signal }) =>
      context.readers.query('listSavedViews', input, signal),
    ),
    save: os.savedViews.save.handler(({ context, input: { name, ...view } }) =>
      context.notebook.run({ name: 'saveView', view: { ...view, name } }),
    ),
    rename: os.savedViews.rename.handler(({ context, input: { id, name } }) =>
      context.notebook.run({ name: 'renameView', id, to: name }),
    ),
    remove: os.savedViews.remove.handler(({ context, input }) =>
      context.notebook.run({ name: 'removeView', ...input }),
    ),
  },
  traces: {
    list: os.traces.list.handler(({ context, input, signal }) => context.readers.query('listTraces', input, signal)),
    otlp: os.traces.otlp.handler(async ({ context, input, signal }) =>
      json(await context.readers.query('traceAsOtlp', input, signal)),
    ),
    logsOtlp: os.traces.logsOtlp.handler(async ({ context, input, signal }) =>
      json(await context.readers.query('logsAsOtlp', input, signal)),
    ),
    summary: os.traces.summary.handler(({ context, input, signal }) =>
      context.readers.query('traceSummary', input, signal),
    ),
    waterfall: os.traces.waterfall.handler(async ({ context, input, signal }) =>
      columns(await context.readers.query('traceWaterfall', input, signal)),
    ),
    span: os.traces.span.handler(({ context, input, signal }) => context.readers.query('spanDetails', input, signal)),
    find: os.traces.find.handler(({ context, input, signal }) => context.readers.query('findInTrace', input, signal)),
  },
  logs: {
    list: os.logs.list.handler(({ context, input, signal }) => context.readers.query('listLogs', input, signal)),
    details: os.logs.details.handler(({ context, input, signal }) =>
      context.readers.query('logDetails', input, signal),
    ),
    histogram: os.logs.histogram.handler(({ context, input, signal }) =>
      context.readers.query('logHistogram', input, signal),
    ),
  },
  metrics: {
    list: os.metrics.list.handler(({ context, input, signal }) => context.readers.query('listMetrics', input, signal)),
    chart: os.metrics.chart.handler(({ context, input, signal }) =>
      context.readers.query('metricChart', input, signal),
    ),
    get: os.metrics.get.handler(({ context, input, signal }) => context.readers.query('metricSeries', input, signal)),
    otlp: os.metrics.otlp.handler(async ({ context, input, signal }) =>
      json(await context.readers.query('metricAsOtlp', input, signal)),
    ),
  },
  saturation: {
    get: os.saturation.get.handler(({ context, input, signal }) =>
      context.readers.query('readSaturation', input, signal),
    ),
  },
  settings: {
    get: os.settings.get.handler(({ context }) => context.settings.get()),
    setRetention: os.settings.setRetention.handler(({ context, input }) => context.settings.setRetention(input)),
    setPorts: os.settings.setPorts.handler(({ context, input }) => context.settings.setPorts(input)),
    storage: os.settings.storage.handler(({ context }) => context.settings.storage()),
    rebuildRollups: os.settings.rebuildRollups.handler(async ({ context }) => {
      await context.settings.rebuildRollups()
      return {}
    }),
    deleteAll: os.settings.deleteAll.handler(async ({ context }) => {
      await context.settings.deleteAll()
      return {}
    }),
  },
  imports: {
    begin: os.imports.begin.handler(({ context, input }) => context.imports.begin(input)),
    append: os.imports.append.handler(async ({ context, input }) =>
      context.imports.append(input.id, new Uint8Array(await input.chunk.arrayBuffer()), input.file),
    ),
    refuse: os.imports.refuse.handler(({ context, input }) =>
      context.imports.refuse(input.id, input.file, input.reason),
    ),
    finish: os.imports.finish.handler(({ context, input }) => context.imports.finish(input.id)),
    cancel: os.imports.cancel.handler(({ context, input }) => context.imports.cancel(input.id)),
    open: os.imports.open.handler(({ context, input }) => {
      if (context.opensPaths) return context.imports.open(input.paths, input.as)
      throw new SpanlightError(
        'BAD_INPUT',
        'Files are opened by their path in the desktop window only. Send their bytes.',
      )
    }),
    watch: os.imports.watch.handler(({ context, signal }) => context.imports.watch(signal)),
  },
  exports: {
    preview: os.exports.preview.handler(({ context, input, signal }) =>
      context.readers.query('previewExport', input, signal),
    ),
    start: os.exports.start.handler(({ context, input }) => context.exports.start(input)),
    next: os.exports.next.handler(async ({ context, input }) => {
      const { bytes, progress } = await context.exports.next(input.exportId)
      return { chunk: bytes && columns(bytes), progress }
    }),
    cancel: os.exports.cancel.handler(({ context, input }) => {
      context.exports.cancel(input.exportId)
      return {}
    }),
    redactCells: os.exports.redactCells.handler(({ context, input, signal }) =>
      context.readers.query('redactCells', input, signal),
    ),
    redaction: os.exports.redaction.handler(({ context }) => context.exports.redaction()),
    setRedaction: os.exports.setRedaction.handler(({ context, input }) => context.exports.setRedaction(input)),
  },
  loadlab: {
    catalog: os.loadlab.catalog.handler(({ context }) => context.loadlab.catalog()),
    get: os.loadlab.get.handler(({ context }) => context.loadlab.status),
    watch: os.loadlab.watch.handler(({ context, signal }) => context.loadlab.watch(signal)),
    start: os.loadlab.start.handler(({ context, input }) => context.loadlab.command({ name: 'start', input })),
    stop: os.loadlab.stop.handler(({ context }) => context.loadlab.command({ name: 'stop' })),
    setTraffic: os.loadlab.setTraffic.handler(({ context, input }) =>
      context.loadlab.command({ name: 'setTraffic', input }),
    ),
    setFault: os.loadlab.setFault.handler(({ context, input }) => context.loadlab.command({ name: 'setFault', input })),
    clearFault: os.loadlab.clearFault.handler(({ context, input }) =>
      context.loadlab.command({ name: 'clearFault', input }),
    ),
    schedule: os.loadlab.schedule.handler(({ context, input }) => context.loadlab.command({ name: 'schedule', input })),
    sendOne: os.loadlab.sendOne.handler(({ context, input }) => context.loadlab.sendOne(input)),
    startMystery: os.loadlab.startMystery.handler(({ context, input }) =>
      context.loadlab.command({ name: 'startMystery', input }),
    ),
    guess: os.loadlab.guess.handler(({ context, input }) => context.loadlab.command({ name: 'guess', input })),
    reveal: os.loadlab.reveal.handler(({ context }) => context.loadlab.command({ name: 'reveal' })),
    endMystery: os.loadlab.endMystery.handler(({ context }) => context.loadlab.command({ name: 'endMystery' })),
    sheet: os.loadlab.sheet.handler(({ context, input }) => context.loadlab.sheet(input)),
    resetExercise: os.loadlab.resetExercise.handler(({ context }) => context.loadlab.resetExercise()),
  },
  sql: {
    schema: os.sql.schema.handler(({ context, signal }) => {
      context.sql.expect()
      return context.readers.query('readSqlSchema', undefined, signal)
    }),
    run: os.sql.run.handler(({ context, input, signal }) => eventsWithKnownErrors(context.sql.run(input, signal))),
  },
})
