/** What one line of a log says, whatever it was written by: the common ground of JSON lines and plain text. */

export interface LogLine {
  /** 0 where the line tells no time. */
  readonly timeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  /** Text, or any other JSON value. */
  readonly body: unknown
  /** The fields nothing else was made of, in the line's order: JSON values. */
  readonly attributes: readonly (readonly [key: string, value: unknown])[]
  readonly traceId: Uint8Array | null
  readonly spanId: Uint8Array | null
  readonly flags: number
  /** `service.name`, if the line tells one. */
  readonly service: string | undefined
}
