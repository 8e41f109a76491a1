/** Real spans that stand for a bucket: its slowest one, and one near its P99. */

export interface RollupExemplar {
  readonly durationNs: number
  readonly startUnixNano: bigint
  /** 16 bytes. */
  readonly traceId: Uint8Array
  /** 8 bytes. */
  readonly spanId: Uint8Array
}

export interface RollupExemplars {
  readonly max: RollupExemplar | null
  /** Null when the slowest is nearest to the P99. */
  readonly nearP99: RollupExemplar | null
}

const entryBytes = 40

/** The slowest, then, if it is another one, that near the P99: each 8 bytes duration (double), 8 start, 16 and 8 of ids. */
export function encodeExemplars({ max, nearP99 }: RollupExemplars): Uint8Array {
  const entries = [max, nearP99].filter((exemplar) => exemplar !== null)
  const bytes = new Uint8Array(entries.length * entryBytes)
  const view = new DataView(bytes.buffer)
  for (const [index, { durationNs, startUnixNano, traceId, spanId }] of entries.entries()) {
    const offset = index * entryBytes
    view.setFloat64(offset, durationNs, true)
    view.setBigInt64(offset + 8, startUnixNano, true)
    bytes.set(traceId, offset + 16)
    bytes.set(spanId, offset + 32)
  }
  return bytes
}

export function decodeExemplars(bytes: Uint8Array): RollupExemplars {
  return { max: entryAt(bytes, 0), nearP99: entryAt(bytes, entryBytes) }
}

function entryAt(bytes: Uint8Array, offset: number): RollupExemplar | null {
  if (bytes.length < offset + entryBytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, entryBytes)
  return {
    durationNs: view.getFloat64(0, true),
    startUnixNano: view.getBigInt64(8, true),
    traceId: bytes.slice(offset + 16, offset + 32),
    spanId: bytes.slice(offset + 32, offset + entryBytes),
  }
}

/** Which of the candidates stand for a bucket with this P99. */
export function chooseExemplars<E extends RollupExemplar>(
  candidates: Iterable<E | null>,
  p99Ns: number | null,
): { readonly max: E | null; readonly nearP99: E | null } {
  let max: E | null = null
  let nearP99: E | null = null
  for (const candidate of candidates) {
    if (!candidate) continue
    if (!max || candidate.durationNs > max.durationNs) max = candidate
    if (p99Ns !== null && (!nearP99 || distance(candidate, p99Ns) < distance(nearP99, p99Ns))) nearP99 = candidate
  }
  return { max, nearP99: nearP99 === max ? null : nearP99 }
}

/** By which factor it misses the P99; 1 is exact. */
function distance({ durationNs }: RollupExemplar, p99Ns: number): number {
  const ratio = Math.max(1, durationNs) / Math.max(1, p99Ns)
  return ratio > 1 ? ratio : 1 / ratio
}
