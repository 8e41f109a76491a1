import { expect, test } from 'vitest'
import { defaultRedaction, noRedaction } from '#shared/contract/exports.ts'
import { type ExportForm, requestOf, signalChoices, withSignal } from './export-form.ts'

const form: ExportForm = { format: 'otlp-jsonl', signals: undefined, redacts: true, redaction: defaultRedaction }
const chosen = (selection: object, of: ExportForm) =>
  signalChoices(selection, of).flatMap(({ signal, isChosen }) => (isChosen ? [signal] : []))

test('a selection means its own signals until a person chooses', () => {
  expect(chosen({}, form)).toEqual(['traces', 'logs', 'metrics'])
  expect(chosen({ traces: { of: 'trace' } }, form)).toEqual(['traces', 'logs'])
  expect(chosen({ logs: {} }, form)).toEqual(['logs'])
  expect(chosen({}, withSignal({}, form, 'metrics'))).toEqual(['traces', 'logs'])
})

test('a format takes what it can hold, and a table one signal', () => {
  expect(chosen({}, { ...form, format: 'jaeger' })).toEqual(['traces'])
  const table = { ...form, format: 'csv' as const }
  expect(chosen({}, table)).toEqual(['traces'])
  expect(chosen({}, withSignal({}, table, 'logs'))).toEqual(['logs'])
  expect(signalChoices({}, { ...form, format: 'chrome' }).map(({ isFixed }) => isFixed)).toEqual([true, false, true])
})

test('the request says what was chosen', () => {
  expect(requestOf({ service: 'shop' }, { ...form, redacts: false })).toEqual({
    selection: { service: 'shop', signals: ['traces', 'logs', 'metrics'] },
    format: 'otlp-jsonl',
    redaction: noRedaction,
  })
  expect(requestOf({ logs: {} }, { ...form, format: 'jaeger' }).selection).toEqual({ logs: {} })
})
