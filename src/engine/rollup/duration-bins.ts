/**
 * Bins for durations that grow by a constant factor, so that every quantile is known with the same relative error whatever the
 * distribution (Masson, Rim, Lee: "DDSketch", VLDB 2019).
 */

/** Quantiles are off by at most this share of the exact nearest-rank value. */
export const relativeError = 0.008

const gamma = (1 + relativeError) / (1 - relativeError)
const logGamma = Math.log(gamma)

/** Bin 0 holds what took no time (or less); bin i ≥ 1 holds (gamma^(i-2), gamma^(i-1)] nanoseconds. */
export function binOf(durationNs: number): number {
  return durationNs <= 0 ? 0 : Math.max(0, Math.ceil(Math.log(durationNs) / logGamma)) + 1
}

/** Upper edge of a bin in nanoseconds; its lower edge is the upper one of the bin before. */
export function upperEdgeNs(bin: number): number {
  return bin === 0 ? 0 : gamma ** (bin - 1)
}

/** The value that is nowhere off by more than the relative error within the bin. */
export function middleOf(bin: number): number {
  return bin === 0 ? 0 : (2 * gamma ** (bin - 1)) / (gamma + 1)
}
