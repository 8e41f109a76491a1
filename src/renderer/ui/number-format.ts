/** Plain numbers of any size in about three digits, and numbers scaled to a prefix. */

const space = '\u00a0'
const minus = '−'

/** `0.042`, `12.3`, `1,240`, `98,765`, `1.24 M`; very small and very large ones with a power of ten. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`
  const size = Math.abs(value)
  const sign = value < 0 ? minus : ''
  if (size === 0) return '0'
  if (size < 1e-4 || size >= 1e18)
    return (
      sign +
      size
        .toExponential(2)
        .replace(/\.?0+(?=e)/, '')
        .replace('e+', 'e')
        .replace('-', minus)
    )
  if (digits > 3 && size < 999_999.5) return sign + grouped(Number(size.toPrecision(digits)))
  if (size < 99.95) return sign + String(Number(size.toPrecision(3)))
  if (size < 999_999.5) return sign + grouped(Math.round(size))
  const { text, power } = scaledNumber(size, 1_000, 5, digits)
  return `${sign}${text}${space}${['', 'k', 'M', 'G', 'T', 'P'][power]}`
}

/** A value divided by the largest power of `base` it reaches: three digits unless told, and which power. */
export function scaledNumber(
  value: number,
  base: number,
  maxPower: number,
  digits = 3,
): { readonly text: string; readonly power: number } {
  let size = Math.abs(value)
  let power = 0
  // Left as soon as rounding would reach the next one: 1023.7 KiB is 1 MiB.
  while (power < maxPower && size >= base - 0.5) {
    size /= base
    power += 1
  }
  const text =
    size === 0
      ? '0'
      : digits > 3
        ? grouped(Number(size.toPrecision(digits)))
        : size >= 99.95
          ? grouped(Math.round(size))
          : size < 0.001
            ? '<0.001'
            : String(Number(size.toPrecision(3)))
  return { text: (value < 0 && size !== 0 ? minus : '') + text, power }
}

function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
}
