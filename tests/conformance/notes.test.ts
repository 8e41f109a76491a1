/** Notes and saved views: written, read, changed, bounded, and there still when what they are about was pruned. */

import { describe, expect, it } from 'vitest'
import { listNotedTraces, listNotes, type NoteFilter } from '../../src/engine/queries/notes.ts'
import { listSavedViews } from '../../src/engine/queries/saved-views.ts'
import { deleteAll } from '../../src/engine/store/delete-all.ts'
import {
  isNoteCommand,
  type NoteCommand,
  type NoteSubject,
  runNoteCommand,
} from '../../src/engine/store/write-notes.ts'
import { runSavedViewCommand, type SavedViewCommand } from '../../src/engine/store/write-saved-views.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { epoch, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const run = (store: ScratchStore, command: NoteCommand | SavedViewCommand): void =>
  store.write((db) => (isNoteCommand(command) ? runNoteCommand(db, command) : runSavedViewCommand(db, command)))
const add = (store: ScratchStore, subject: NoteSubject, text: string): void =>
  run(store, { name: 'addNote', subject, text })
const texts = (store: ScratchStore, filter: NoteFilter = {}): string[] =>
  listNotes(store.context, filter).notes.map(({ text }) => text)

function noted(): ScratchStore {
  const store = scratchStore()
  const span = { trace: 1, name: 'POST /checkout', kind: 2, start: 0n, duration: 5 }
  store.send('traces', tracesOf('frontend', [{ ...span, id: 1 }]))
  store.send('traces', tracesOf('payment', [{ ...span, id: 2, parent: 1, name: 'charge', start: 1n }]))
  add(store, { traceId: traceIdOf(1) }, 'the whole\ntrace')
  add(store, { traceId: traceIdOf(1), spanId: spanIdOf(2) }, 'the span')
  add(store, { atUnixNano: `${epoch + 50n}`, endUnixNano: `${epoch + 60n}` }, 'the time')
  return store
}

describe('notes', () => {
  it('say what they are about', () => {
    using store = noted()
    expect(listNotes(store.context, { traceId: traceIdOf(1) })).toMatchObject({
      notes: [
        { text: 'the whole\ntrace', about: 'frontend: POST /checkout', spanId: null, atUnixNano: `${epoch}` },
        { text: 'the span', about: 'payment: charge', spanId: spanIdOf(2), atUnixNano: `${epoch + 1n}`, stored: true },
      ],
      noteCount: 2,
    })
    expect(texts(store)).toEqual(['the time', 'the span', 'the whole\ntrace'])
    expect(texts(store, { start: `${epoch + 55n}`, end: `${epoch + 56n}` })).toEqual(['the time'])
    expect(texts(store, { start: `${epoch + 61n}` })).toEqual([])
    expect(listNotedTraces(store.context, undefined)).toEqual({ traces: [{ traceId: traceIdOf(1), count: 2 }] })
  })

  it('can be changed and deleted, once', () => {
    using store = noted()
    run(store, { name: 'editNote', id: 2, text: 'the slow span' })
    run(store, { name: 'removeNote', id: 1 })
    expect(texts(store)).toEqual(['the time', 'the slow span'])
    for (const command of [{ name: 'removeNote', id: 1 } as const, { name: 'editNote', id: 1, text: 'x' } as const]) {
      expect(() => run(store, command)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    }
  })

  it('outlive their trace, by pruning and by deleting all data', () => {
    using store = noted()
    store.retain({ maxBytes: 2 ** 40, maxAgeSeconds: 60, rollupMaxAgeSeconds: null }, epoch + 10n ** 15n)
    expect(store.sql('SELECT count(*) AS n FROM trace')).toEqual([{ n: 0n }])
    expect(listNotes(store.context, { traceId: traceIdOf(1) }).notes).toMatchObject([
      { about: 'frontend: POST /checkout', stored: false },
      { about: 'payment: charge', stored: false },
    ])
    store.write(deleteAll)
    expect(texts(store)).toHaveLength(3)
  })

  it('are of something that is there, and not without end', () => {
    using store = noted()
    const missing: NoteSubject[] = [{ traceId: traceIdOf(9) }, { traceId: traceIdOf(1), spanId: spanIdOf(9) }]
    for (const subject of missing) {
      expect(() => add(store, subject, 'x')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    }
    store.write((db) =>
      db.exec(`INSERT INTO note (at_unix_nano, about, text, created_unix_nano, changed_unix_nano)
        WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i, '', 'x', 0, 0 FROM n`),
    )
    expect(() => add(store, { atUnixNano: '1' }, 'one more')).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
    expect(listNotes(store.context, {})).toMatchObject({ noteCount: 10_000 })
    expect(texts(store)).toHaveLength(1000)
  })

  it('are refused before they reach the store when they are no notes', () => {
    const { inputSchema } = contract.notes.add['~orpc']
    const isGood = async (subject: unknown, text: unknown): Promise<boolean> =>
      (await inputSchema?.['~standard'].validate({ subject, text }))?.issues === undefined
    const time = { atUnixNano: '5' }
    return expect(
      Promise.all([
        isGood(time, 'fine'),
        isGood({ traceId: traceIdOf(1), spanId: spanIdOf(1) }, 'fine'),
        isGood(time, '  \n '),
        isGood(time, 'x'.repeat(4001)),
        isGood(time, 7),
        isGood({}, 'x'),
        isGood({ ...time, traceId: traceIdOf(1) }, 'x'),
        isGood({ traceId: 'nonsense' }, 'x'),
        isGood({ traceId: traceIdOf(1), spanId: '0'.repeat(16) }, 'x'),
        isGood({ atUnixNano: '99999999999999999999' }, 'x'),
      ]),
    ).resolves.toEqual([true, true, ...Array<boolean>(8).fill(false)])
  })
})

describe('saved views', () => {
  const names = (store: ScratchStore): string[] => listSavedViews(store.context, {}).views.map(({ name }) => name)
  const save = (store: ScratchStore, name: string, search = ''): void =>
    run(store, { name: 'saveView', view: { screen: 'traces', name, search } })

  it('are one of each name per screen', () => {
    using store = scratchStore()
    save(store, 'slow', 'order=slowest')
    save(store, 'Errors', 'errors=true')
    run(store, { name: 'saveView', view: { screen: 'sql', name: 'slow', search: 'SELECT 1' } })
    save(store, 'slow', 'order=errors')
    expect(listSavedViews(store.context, { screen: 'traces' }).views).toMatchObject([
      { name: 'Errors' },
      { name: 'slow', search: 'order=errors' },
    ])
    expect(names(store)).toEqual(['Errors', 'slow', 'slow'])
    expect(() => run(store, { name: 'renameView', id: 1, to: 'Errors' })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    )
    run(store, { name: 'renameView', id: 1, to: 'by errors' })
    run(store, { name: 'removeView', id: 2 })
    expect(names(store)).toEqual(['by errors', 'slow'])
    for (const command of [{ name: 'removeView', id: 2 } as const, { name: 'renameView', id: 2, to: 'x' } as const]) {
      expect(() => run(store, command)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    }
  })

  it('are a thousand at most; one of them may still be saved anew', () => {
    using store = scratchStore()
    for (let number = 0; number < 1000; number++) save(store, `view ${number}`)
    save(store, 'view 5', 'again')
    expect(() => save(store, 'one more')).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
    expect(names(store)).toHaveLength(1000)
  })
})
