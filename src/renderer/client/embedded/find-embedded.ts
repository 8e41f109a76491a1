/** Finds spans of an exported file by any text they carry, a slice at a time so that the page stays at hand. */

import { type EmbeddedSpans, embeddedDetails } from './embedded-spans.ts'

const sliceMs = 20
const nowhere = (): boolean => false

export interface FoundSpan {
  readonly spanId: string
  readonly twin: number
}

/** Spans whose name, service, id, status, attributes, events or links contain the text, in either case. */
export async function findEmbedded(
  spans: EmbeddedSpans,
  text: string,
  signal: AbortSignal | undefined,
): Promise<FoundSpan[]> {
  const needle = text.toLowerCase()
  // Within a JSON text a quote, a backslash or a line break stands escaped.
  const escaped = JSON.stringify(needle).slice(1, -1)
  const found: FoundSpan[] = []
  let sliceEnd = performance.now() + sliceMs
  for (const [key, span] of spans) {
    const [spanId = '', twin = '0'] = key.split('.')
    const details = embeddedDetails(span, { twin: Number(twin), isHere: nowhere })
    const texts = [details.name, details.service, details.spanId, details.statusMessage].join('\n').toLowerCase()
    const { attributes, events, links, resource } = details
    if (
      texts.includes(needle) ||
      [attributes, events, links, resource].some((part) => JSON.stringify(part).toLowerCase().includes(escaped))
    )
      found.push({ spanId, twin: Number(twin) })
    if (performance.now() > sliceEnd) {
      await new Promise((resolve) => setTimeout(resolve))
      signal?.throwIfAborted()
      sliceEnd = performance.now() + sliceMs
    }
  }
  return found
}
