/** What surrounds every gRPC call: senders that dawdle are let go, refusals are noted, and Spanlight's own calls refused. */

import { type Metadata, ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js'
import { selfHeader } from '#shared/model/self.ts'
import { selfMessage } from './receiver.ts'
import type { Refused } from './refusals.ts'

/** A request must be complete after this; SDKs give up after ten seconds themselves. */
const requestTimeoutMs = 30_000

export function grpcGuard(onRefusal: (refused: Refused) => void): ServerInterceptor {
  return (method, call) => {
    let timer: NodeJS.Timeout | undefined
    let userAgent = ''
    const note = (code: number, message: string): void =>
      onRefusal({
        transport: 'grpc',
        target: method.path,
        status: status[code] ?? String(code),
        message,
        sender: `${call.getPeer()} ${userAgent}`.trim(),
      })
    const guarded = new ServerInterceptingCall(call, {
      start: (next) => {
        timer = setTimeout(() => {
          guarded.sendStatus({ code: status.DEADLINE_EXCEEDED, details: 'The request did not arrive in time.' })
        }, requestTimeoutMs)
        next({
          onReceiveMetadata: (metadata: Metadata, forward) => {
            userAgent = String(metadata.get('user-agent')[0] ?? '')
            if (metadata.get(selfHeader).length === 0) forward(metadata)
            else guarded.sendStatus({ code: status.PERMISSION_DENIED, details: selfMessage })
          },
          onReceiveHalfClose: (forward) => {
            clearTimeout(timer)
            forward()
          },
          onCancel: () => clearTimeout(timer),
        })
      },
      sendStatus: (sent, next) => {
        clearTimeout(timer)
        if (sent.code !== undefined && sent.code !== status.OK && sent.code !== null) {
          note(sent.code, sent.details ?? '')
        }
        next(sent)
      },
    })
    return guarded
  }
}
