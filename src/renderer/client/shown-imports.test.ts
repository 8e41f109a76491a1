import { expect, test } from 'vitest'
import type { ImportReport } from '#shared/contract/imports.ts'
import { importReport } from '../../../tests/support/import-report.ts'
import { type OwnImport, shownImports } from './shown-imports.ts'

const told = (id: string, name: string, state: ImportReport['state'] = 'running'): ImportReport =>
  importReport({ id, name, state })

function mine(name: string, id: string | undefined, error?: unknown): OwnImport {
  return {
    shown: {
      key: `key of ${name}`,
      name,
      isOwn: true,
      progress: undefined,
      report: undefined,
      error,
      startedAt: '',
      canRepeat: true,
    },
    id,
    source: { files: [] },
    abort: new AbortController(),
  }
}

const keys = (own: readonly OwnImport[], all: readonly ImportReport[]): string[] =>
  shownImports(own, all).map(({ key }) => key)

test('one of this window is shown once, with how far it is', () => {
  const shown = shownImports([mine('a.json', '1')], [told('1', 'a.json')])
  expect(shown).toMatchObject([{ key: 'key of a.json', isOwn: true, progress: { id: '1' }, report: undefined }])
})

test('it is shown once as well when the engine tells of it before it is known which one it is', () => {
  expect(keys([mine('a.json', undefined)], [told('1', 'a.json')])).toEqual(['key of a.json'])
})

test('what others import is shown while it runs', () => {
  const all = [told('2', 'b.json'), told('3', 'c.json', 'finished'), told('4', 'd.json', 'cancelled')]
  expect(keys([mine('a.json', undefined)], all)).toEqual(['key of a.json', '2'])
})

test('one that could not begin hides none of its name', () => {
  expect(keys([mine('a.json', undefined, new Error('no room'))], [told('1', 'a.json')])).toEqual(['key of a.json', '1'])
})

test('an import of paths ends with what the engine tells', () => {
  const own = { ...mine('a.json', '1'), source: { paths: ['/a.json'] } }
  expect(shownImports([own], [told('1', 'a.json', 'finished')])).toMatchObject([{ report: { state: 'finished' } }])
})
