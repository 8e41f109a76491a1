/** How span events and links are spelled in the store's JSON columns, whatever format they came in. */

import { toHex } from '#shared/model/ids.ts'
import type { JsonbWriter } from './jsonb-writer.ts'

export function writeEventTail(writer: JsonbWriter, dropped: number): void {
  writeCount(writer, 'droppedAttributesCount', dropped)
}

export function writeLinkHead(
  writer: JsonbWriter,
  link: { readonly traceId: Uint8Array; readonly spanId: Uint8Array; readonly traceState: string },
): void {
  writer.text('traceId')
  writer.text(toHex(link.traceId))
  writer.text('spanId')
  writer.text(toHex(link.spanId))
  if (link.traceState !== '') {
    writer.text('traceState')
    writer.text(link.traceState)
  }
}

export function writeLinkTail(writer: JsonbWriter, link: { readonly dropped: number; readonly flags: number }): void {
  writeCount(writer, 'droppedAttributesCount', link.dropped)
  writeCount(writer, 'flags', link.flags)
}

function writeCount(writer: JsonbWriter, name: string, count: number): void {
  if (count === 0) return
  writer.text(name)
  writer.integer(count)
}
