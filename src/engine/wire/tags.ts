/** Tags of other formats on their way to attributes: some stand for fields of OTLP, and what is taken is no attribute any more. */

import type { JsonObject } from './json-fields.ts'
import type { OtlpAttribute } from './otlp-values.ts'

const statusCodes: Readonly<Record<string, number>> = { UNSET: 0, OK: 1, ERROR: 2 }

export class Tags {
  #rest: readonly OtlpAttribute[]

  constructor(all: readonly OtlpAttribute[]) {
    this.#rest = all
  }

  /** Those that nobody took. */
  get rest(): readonly OtlpAttribute[] {
    return this.#rest
  }

  find(key: string): JsonObject | undefined {
    return this.#rest.find((tag) => tag.key === key)?.value
  }

  drop(key: string): void {
    const index = this.#rest.findIndex((tag) => tag.key === key)
    if (index >= 0) this.#rest = this.#rest.toSpliced(index, 1)
  }

  takeText(key: string, suits: (value: string) => boolean = () => true): string | undefined {
    const value = this.find(key)?.stringValue
    if (typeof value !== 'string' || !suits(value)) return undefined
    this.drop(key)
    return value
  }

  /** A count, as a number or as text. */
  takeCount(key: string): number | undefined {
    const value = this.find(key)
    const count = Number(value?.intValue ?? value?.stringValue ?? Number.NaN)
    if (!Number.isSafeInteger(count) || count < 0 || count >= 2 ** 32) return undefined
    this.drop(key)
    return count
  }

  /** `otel.status_code` by its name; undefined when there is none. */
  takeStatusCode(): number | undefined {
    const name = this.takeText('otel.status_code', (value) => Object.hasOwn(statusCodes, value))
    return name === undefined ? undefined : statusCodes[name]
  }

  takeScope(): SpanScope {
    return { name: this.takeText('otel.scope.name') ?? '', version: this.takeText('otel.scope.version') ?? '' }
  }

  /** What OTLP says beside a span's own attributes, as `otel.dropped_*_count`. */
  takeDropped(): JsonObject {
    return {
      droppedAttributesCount: this.takeCount('otel.dropped_attributes_count'),
      droppedEventsCount: this.takeCount('otel.dropped_events_count'),
      droppedLinksCount: this.takeCount('otel.dropped_links_count'),
    }
  }
}

export interface SpanScope {
  readonly name: string
  readonly version: string
}
