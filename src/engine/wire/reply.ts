/** Answers of an OTLP receiver as bytes, in the encoding of the request (OTLP specification, "OTLP/HTTP Response"). */

import protobuf from 'protobufjs/minimal.js'
import type { Encoding } from '#shared/model/outcome.ts'

const lengthDelimited = (field: number): number => field * 8 + 2

/** The name of the counter in `Export…PartialSuccess`. */
const rejectedNames: Readonly<Record<string, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
}

/** `Export…ServiceResponse`: empty when everything was kept. */
export function encodeExportResponse(
  encoding: Encoding,
  signal: string,
  partial: { readonly rejected: number; readonly message: string },
): Buffer {
  const full = partial.rejected === 0 && partial.message === ''
  if (encoding === 'json') {
    const counted = { [rejectedNames[signal] ?? 'rejected']: String(partial.rejected), errorMessage: partial.message }
    return Buffer.from(JSON.stringify(full ? {} : { partialSuccess: counted }))
  }
  const writer = protobuf.Writer.create()
  if (!full) {
    writer.uint32(lengthDelimited(1)).fork()
    if (partial.rejected !== 0) writer.uint32(8).int64(partial.rejected)
    writer.uint32(lengthDelimited(2)).string(partial.message).ldelim()
  }
  return Buffer.from(writer.finish())
}

/** `google.rpc.Code` numbers, which gRPC statuses share. */
export const RpcCode = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const

export interface RpcStatus {
  readonly code: number
  readonly message: string
  /** Adds `google.rpc.RetryInfo`, which tells OTLP clients that the same bytes may succeed later. */
  readonly retryAfterSeconds?: number
}

/** `google.rpc.Status`. */
export function encodeRpcStatus(encoding: Encoding, status: RpcStatus): Buffer {
  const { code, message, retryAfterSeconds } = status
  if (encoding === 'json') {
    const details =
      retryAfterSeconds === undefined
        ? {}
        : { details: [{ '@type': retryInfoType, retryDelay: `${retryAfterSeconds}s` }] }
    return Buffer.from(JSON.stringify({ code, message, ...details }))
  }
  const writer = protobuf.Writer.create()
  writer.uint32(8).int32(code).uint32(lengthDelimited(2)).string(message)
  if (retryAfterSeconds !== undefined) {
    // Status.details: Any { type_url, value: RetryInfo { retry_delay: Duration { seconds } } }
    const delay = protobuf.Writer.create()
    delay.uint32(lengthDelimited(1)).fork().uint32(8).int64(retryAfterSeconds).ldelim()
    writer.uint32(lengthDelimited(3)).fork()
    writer.uint32(lengthDelimited(1)).string(retryInfoType)
    writer.uint32(lengthDelimited(2)).bytes(delay.finish()).ldelim()
  }
  return Buffer.from(writer.finish())
}

const retryInfoType = 'type.googleapis.com/google.rpc.RetryInfo'
