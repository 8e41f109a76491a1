/** The two ways decoding fails: the payload as a whole, or one record among good ones. */

/** The payload can't be read; nothing of it is stored. */
export class MalformedPayload extends Error {
  override readonly name = 'MalformedPayload'
}

/** One record can't be kept. Never leaves `wire/`: decoders count it under its reason and go on. */
export class RejectedRecord extends Error {
  override readonly name = 'RejectedRecord'
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

const one = (): number => 1

/** Counts refused records by reason. */
export class RejectionTally {
  readonly counts = new Map<string, number>()

  add(reason: string, count = 1): void {
    if (count > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + count)
  }

  /** Runs `decode` for something that `weigh()` records depend on; if it is refused they are counted. */
  attempt<T>(decode: () => T, weigh: () => number = one): T | undefined {
    try {
      return decode()
    } catch (error) {
      if (!(error instanceof RejectedRecord)) throw error
      this.add(error.reason, weigh())
      return undefined
    }
  }
}

export const reasons = {
  traceId: 'invalid trace id',
  spanId: 'invalid span id',
  parentSpanId: 'invalid parent span id',
  time: 'time beyond 2^63 nanoseconds',
  count: 'count beyond 2^63',
  utf8: 'invalid UTF-8',
  depth: 'attribute nested deeper than 100 levels',
  shape: 'field of the wrong type',
  metricType: 'metric without a known type',
} as const
