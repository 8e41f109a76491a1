/** Values in the units metrics are sent in (UCUM, as OpenTelemetry uses it): as people read them, and exactly. */

import { type AxisOptions, axisFor, type RoundIn, type ValueAxis } from './chart/value-axis.ts'
import { formatDuration } from './format.ts'
import { formatNumber, scaledNumber } from './number-format.ts'
import { printableLine } from './printable.ts'

const space = '\u00a0'
const minus = '−'

export interface Unit {
  /** As it was sent; empty or `1` for plain numbers. */
  readonly code: string
  /** What an axis or a column is in: `requests/s`, `%`, `°C`; empty where the values say it themselves. */
  readonly label: string
  /** With its unit, about three digits: `38.4 ms`, `1.2 GiB/s`, `9.8 requests/s`. */
  readonly format: (value: number) => string
  /** As `format`, without what `label` says and without trailing zeros; to three digits unless told. */
  readonly tick: (value: number, digits?: number) => string
  /** Every digit, in the unit as sent, for hover and copy. */
  readonly exact: (value: number) => string
  /** What steps of an axis are round in, once values are multiplied by `factor`. */
  readonly roundIn: RoundIn
  readonly factor: number
}

const timeNs: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3_600e9,
  d: 86_400e9,
}

const prefixes: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1_024,
  Mi: 1_024 ** 2,
  Gi: 1_024 ** 3,
  Ti: 1_024 ** 4,
}

/** Units that take prefixes (`kHz`, `MW`), by their UCUM symbol, as they are shown. */
const prefixed: Readonly<Record<string, string>> = { Hz: 'Hz', W: 'W', J: 'J', V: 'V', A: 'A', bit: 'bit', m: 'm' }

const symbols: Readonly<Record<string, string>> = {
  Cel: '°C',
  K: 'K',
  '[degF]': '°F',
  deg: '°',
  'm/s': 'm/s',
  B: 'B',
}

/** A dimensionless metric of such a name is a share of something. */
const ratioName = /(^|[._])(utili[sz]ation|ratio|fraction|load_factor|percent(age)?|saturation|availability)([._]|$)/

/** An axis for values of a unit, with ticks that are round in it. */
export function axisOf(unit: Unit, values: Iterable<number | null>, options: AxisOptions = {}): ValueAxis {
  const { factor, roundIn } = unit
  if (factor === 1) return axisFor(values, { ...options, roundIn })
  const scaled = Array.from(values, (value) => (value === null ? null : value * factor))
  const axis = axisFor(scaled, { ...options, roundIn })
  const back = (value: number) => Number((value / factor).toPrecision(12))
  return { ...axis, min: back(axis.min), max: back(axis.max), ticks: axis.ticks.map(back) }
}

const mostDigits = 12

/** Ticks as an axis shows them: with as many digits as tell neighbours apart. */
export function tickFormat({ tick }: Unit, { ticks }: ValueAxis): (value: number) => string {
  let digits = 3
  while (digits < mostDigits && new Set(ticks.map((value) => tick(value, digits))).size < ticks.length) digits += 1
  return (value) => tick(value, digits)
}

/** How to read values of a unit; the metric's name tells shares from other dimensionless numbers. */
export function unitOf(unit: string, name = ''): Unit {
  const code = unit.trim()
  const per = /^(.*)\/(s|min|h)$/.exec(code)
  if (per === null) return plainUnit(code, name)
  return ratedUnit(plainUnit(per[1] === '' ? '1' : (per[1] ?? '1'), ''), per[2] ?? 's', code)
}

/** The unit of how fast something in `unit` changes. */
export function perSecond(unit: string): string {
  const code = unit.trim()
  return code === '' ? '1/s' : `${code}/s`
}

function plainUnit(code: string, name: string): Unit {
  const ns = timeNs[code]
  if (ns !== undefined) return timeUnit(code, ns)
  if (code === '%') return scaledUnit('%', percent, code)
  if (code === '' || code === '1')
    return ratioName.test(name)
      ? scaledUnit('', (value, digits) => percent(value * 100, digits), '')
      : numberUnit('', '')
  const bytes = /^(|k|M|G|T|Ki|Mi|Gi|Ti)By$/.exec(code)
  if (bytes !== null) return byteUnit(prefixes[bytes[1] ?? ''] ?? 1, code)
  const noun = /^\{(.+)\}$/.exec(code)
  if (noun !== null) return nounUnit(printableLine(noun[1] ?? '', 40), code)
  const [, prefix, base] = /^([kMGT]?)(Hz|W|J|V|A|bit)$/.exec(code) ?? []
  const symbol = prefixed[base ?? '']
  if (symbol !== undefined) return siUnit(prefixes[prefix ?? ''] ?? 1, symbol, code)
  return numberUnit(symbols[code] ?? printableLine(code, 40), code)
}

function timeUnit(code: string, ns: number): Unit {
  const zero = `0${space}${code === 'us' ? 'µs' : code}`
  const format = (value: number) => (value === 0 ? zero : special(value, () => formatDuration(value * ns)))
  return {
    code,
    label: '',
    format,
    tick: (value, digits = 3) => (digits > 3 ? preciseTime(value * ns, digits) : shortened(format(value))),
    exact: exactIn(code),
    roundIn: 'duration',
    factor: ns,
  }
}

/** `5.00 s` as `5 s`, `10 min 0 s` as `10 min`. */
function shortened(duration: string): string {
  return duration
    .replace(/ 0\s(s|min|h)$/, '')
    .replace(/(\.\d*?)0+(?=\s)/, (_, digits: string) => (digits === '.' ? '' : digits))
}

const timeScale = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const

function preciseTime(ns: number, digits: number): string {
  const [unit, size] = timeScale.find(([, size]) => Math.abs(ns) >= size) ?? ['ns', 1]
  return `${formatNumber(ns / size, digits)}${space}${unit}`
}

const byteNames = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

function byteUnit(factor: number, code: string): Unit {
  const format = (value: number, digits = 3) =>
    special(value, () => {
      const { text, power } = scaledNumber(value * factor, 1_024, byteNames.length - 1, digits)
      return `${text}${space}${byteNames[power]}`
    })
  return { code, label: '', format, tick: format, exact: exactIn(code), roundIn: 'binary', factor }
}

function siUnit(factor: number, symbol: string, code: string): Unit {
  const format = (value: number, digits = 3) =>
    special(value, () => {
      const { text, power } = scaledNumber(value * factor, 1_000, 5, digits)
      return `${text}${space}${['', 'k', 'M', 'G', 'T', 'P'][power]}${symbol}`
    })
  return { code, label: '', format, tick: format, exact: exactIn(code), roundIn: 'decimal', factor: 1 }
}

function numberUnit(symbol: string, code: string): Unit {
  return {
    code,
    label: symbol,
    format: (value) => special(value, () => joined(formatNumber(value), symbol)),
    tick: (value, digits) => special(value, () => formatNumber(value, digits)),
    exact: exactIn(code === '1' ? '' : code),
    roundIn: 'decimal',
    factor: 1,
  }
}

/** `{request}`: what is counted; one of them is in the singular. */
function nounUnit(noun: string, code: string): Unit {
  const many = plural(noun)
  return {
    ...numberUnit(many, code),
    format: (value) => special(value, () => joined(formatNumber(value), Math.abs(value) === 1 ? noun : many)),
    exact: (value) => special(value, () => joined(grouped(value), Math.abs(value) === 1 ? noun : many)),
  }
}

function scaledUnit(label: string, format: (value: number, digits?: number) => string, code: string): Unit {
  const shown = (value: number, digits?: number) => special(value, () => format(value, digits))
  return { code, label, format: shown, tick: shown, exact: exactIn(code), roundIn: 'decimal', factor: 1 }
}

function ratedUnit(unit: Unit, per: string, code: string): Unit {
  return {
    ...unit,
    code,
    label: unit.label === '' ? (per === 's' ? 'per second' : `per ${per}`) : `${unit.label}/${per}`,
    format: (value) => special(value, () => ratedText(unit, value, per)),
    exact: exactIn(code === '1/s' ? '/s' : code),
  }
}

/** Rates speak of many: `1 requests/s` reads odd, `1 request/s` odder beside `0.9 requests/s`. */
function ratedText(unit: Unit, value: number, per: string): string {
  return unit.label === '' || unit.label === '%'
    ? `${unit.format(value)}/${per}`
    : `${joined(unit.tick(value), unit.label)}/${per}`
}

function percent(value: number, digits = 3): string {
  const size = Math.abs(value)
  if (digits > 3) return `${formatNumber(value, digits)}${space}%`
  if (size > 0 && size < 0.05) return `${value < 0 ? minus : ''}<0.1${space}%`
  return `${formatNumber(size >= 100 ? Math.round(value) : Math.round(value * 10) / 10)}${space}%`
}

function joined(number: string, unit: string): string {
  return unit === '' ? number : `${number}${space}${unit}`
}

/** NaN and infinities are said, not drawn as a number. */
function special(value: number, format: () => string): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`
  return format()
}

function exactIn(code: string): (value: number) => string {
  const unit = code === '' || code.startsWith('/') ? code : `${space}${code}`
  return (value) => special(value, () => `${grouped(value)}${unit}`)
}

function grouped(value: number): string {
  const [whole, rest] = String(Math.abs(value)).split(/(?=[.e])/)
  const tail = String(Math.abs(value)).slice((whole ?? '').length)
  return `${value < 0 ? minus : ''}${(whole ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}${rest === undefined ? '' : tail}`
}

function plural(noun: string): string {
  if (/\s|[^a-z]$/i.test(noun) || /[^s]s$/.test(noun)) return noun
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(ss|x|ch|sh|z)$/.test(noun) ? `${noun}es` : `${noun}s`
}
