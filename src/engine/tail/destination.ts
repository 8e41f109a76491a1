/** Where records go: what became of a request, whoever took it. */

export type Delivery =
  | { readonly kind: 'stored' }
  /** It will never be taken; some of it may have been. */
  | { readonly kind: 'refused'; readonly reason: string; readonly records: number | 'all' }
  /** Nobody is there, or there is no room: the same bytes may be sent again. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }

export interface Destination {
  /** `request` is an OTLP/JSON `ExportLogsServiceRequest`. Never throws. */
  send(request: Buffer): Promise<Delivery>
}

export interface Destinations {
  /** Where the next request goes. */
  find(): Promise<Destination>
  /** Nothing to send for now: what others may want is let go. */
  release(): Promise<void>
}
