/**
 * Lays the spans of one process out in lanes, the way threads hold calls: in a lane, spans follow each other or lie within their
 * parent, so that a viewer that draws stacks draws them right.
 */

export interface LaidSpan {
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly start: bigint
  readonly end: bigint
}

/** The search for a free lane is a walk over them; what runs at once beyond that has no lane. */
const maxLanes = 500

interface Lane {
  readonly number: number
  /** Spans that lie within each other, outermost first. */
  readonly open: LaidSpan[]
  busyUntil: bigint
}

export class SpanLanes {
  readonly #lanes: Lane[] = []
  /** The lane of each span that is open, so that its children find it. */
  readonly #laneOf = new Map<string, Lane>()

  /** What is open of one trace holds nothing of the next. */
  beginTrace(): void {
    for (const lane of this.#lanes) lane.open.length = 0
    this.#laneOf.clear()
  }

  /** Spans of a trace come by their start, the longer first. The lane's number; undefined when all are taken. */
  place(span: LaidSpan): number | undefined {
    const lane = this.#parentsLane(span) ?? this.#freeLane(span)
    if (!lane) return undefined
    lane.open.push(span)
    if (span.end > lane.busyUntil) lane.busyUntil = span.end
    this.#laneOf.set(span.spanId, lane)
    return lane.number
  }

  #parentsLane({ parentSpanId, start, end }: LaidSpan): Lane | undefined {
    const lane = parentSpanId === null ? undefined : this.#laneOf.get(parentSpanId)
    if (!lane) return undefined
    this.#dropEnded(lane, start)
    const top = lane.open.at(-1)
    // Another child of this parent may still run there.
    return top?.spanId === parentSpanId && end <= top.end ? lane : undefined
  }

  #freeLane({ start }: LaidSpan): Lane | undefined {
    const free = this.#lanes.find((lane) => lane.busyUntil <= start)
    if (free) {
      this.#dropEnded(free, start)
      return free
    }
    if (this.#lanes.length >= maxLanes) return undefined
    const lane: Lane = { number: this.#lanes.length, open: [], busyUntil: 0n }
    this.#lanes.push(lane)
    return lane
  }

  #dropEnded(lane: Lane, start: bigint): void {
    for (let top = lane.open.at(-1); top && top.end <= start; top = lane.open.at(-1)) {
      lane.open.pop()
      if (this.#laneOf.get(top.spanId) === lane) this.#laneOf.delete(top.spanId)
    }
  }
}
