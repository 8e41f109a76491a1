/** Enumerations of spans as OTLP numbers them (`opentelemetry/proto/trace/v1/trace.proto`). */

/** Index = OTLP `SpanKind`; 0 (unspecified) is read as internal, as the specification asks. */
const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const

export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const

/** OTLP `Status.StatusCode`. */
export const StatusCode = { unset: 0, ok: 1, error: 2 } as const

/** What a reader calls the kind: unspecified reads as internal; unknown numbers keep their number. */
export function spanKindName(kind: number): string {
  return kind === SpanKind.unspecified ? 'internal' : (spanKinds[kind] ?? `kind ${kind}`)
}

/** The number of a kind as `spanKindName` calls it; undefined for what no span can be. */
export function spanKindNumber(name: string): number | undefined {
  const index = (spanKinds as readonly string[]).indexOf(name)
  return index < 0 ? undefined : index
}

/** The service a resource without `service.name` belongs to (resource semantic conventions). */
export const unknownService = 'unknown_service'
