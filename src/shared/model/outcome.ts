/** How a submitted payload ended; receivers turn it into the protocol's own answer. */

export type Encoding = 'protobuf' | 'json'

/** What a payload is: OTLP in one of its encodings, or what Zipkin clients send. */
export type PayloadFormat = Encoding | 'zipkin'

export type Outcome =
  /** Committed. `rejected` records were refused for good, `message` says why (OTLP partial success). */
  | { readonly kind: 'committed'; readonly rejected: number; readonly message: string }
  /** Nothing could be read; resending the same bytes is pointless. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** Not now; the same bytes may succeed later. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly retryAfterSeconds: number }
