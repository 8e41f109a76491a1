/** What every format of files is to the import: recognised by a document, and turned into OTLP/JSON. */

import type { OtlpDocument } from './otlp-document.ts'

/** What a decoder may need to know beside the document. */
export interface DecodeContext {
  /** `service.name` of what names none; undefined for the format's own way. */
  readonly service: string | undefined
  /** Stands in for the time of records that have none. */
  readonly fallbackUnixNano: bigint
}

/** A format whose documents are JSON values. */
export interface JsonFormat {
  /** As the report calls it. */
  readonly name: string
  recognises(value: unknown): boolean
  /**
   * Many values at once, so that what they share is written once. What can't be kept is left as it is for the decoder of
   * OTLP to refuse, which counts it: one broken record costs no other.
   * `originals` are the bytes the values were parsed from, for formats that keep them.
   */
  toOtlp(values: readonly unknown[], context: DecodeContext, originals?: readonly Buffer[]): OtlpDocument
}
