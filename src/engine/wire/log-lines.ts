/** Lines of a log, JSON and plain text mixed as they come, into OTLP/JSON. */

import { MalformedPayload } from './decode-error.ts'
import { parseJsonText } from './json-fields.ts'
import { lineOfFields } from './log-fields.ts'
import type { LogLine } from './log-line.ts'
import { LogLineBatch, type LogLineOrigin } from './log-line-batch.ts'
import { logfmtFields } from './logfmt.ts'
import { OpenRecord } from './stack-trace-lines.ts'
import { type LineStart, lineOfText, lineStart, withoutColours } from './text-log-line.ts'

/** The fields of a JSON line, or `undefined` when it isn't one. */
function jsonFields(line: string): { readonly [key: string]: unknown } | undefined {
  const text = line.trim()
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined
  try {
    return parseJsonText(text) as { readonly [key: string]: unknown }
  } catch (error) {
    if (error instanceof MalformedPayload) return undefined
    throw error
  }
}

interface Open {
  readonly record: OpenRecord
  readonly start: LineStart
  readonly observedUnixNano: bigint
  /** As they came, colours included. */
  readonly originals: string[]
}

/** Knows at each moment which record the next line may go on with; `end` closes it. */
export class LogLines {
  readonly #batch: LogLineBatch
  readonly #isWatched: boolean
  #open: Open | undefined

  constructor(origin: LogLineOrigin) {
    this.#batch = new LogLineBatch(origin)
    this.#isWatched = origin.isWatched ?? true
  }

  /** Lines of the record that waits for more of them. */
  get openLines(): number {
    return this.#open?.originals.length ?? 0
  }

  /** One line without its end. `observedUnixNano` is about when it was written. */
  add(original: string, observedUnixNano: bigint): void {
    const line = withoutColours(original)
    const structured = structuredLine(line)
    if (structured) {
      this.end()
      this.#add(structured, original, observedUnixNano)
      return
    }
    const start = lineStart(line, observedUnixNano)
    const isMarked = start.timeUnixNano !== 0n || start.severityNumber !== 0
    if (this.#open?.record.take(line, isMarked)) {
      this.#open.originals.push(original)
      return
    }
    this.end()
    if (line.trim() === '') return
    this.#open = { record: new OpenRecord(line, isMarked), start, observedUnixNano, originals: [original] }
  }

  /** Closes the record that waits for more lines. */
  end(): void {
    if (!this.#open) return
    const { record, start, observedUnixNano, originals } = this.#open
    this.#open = undefined
    this.#add(lineOfText(record.text, start), originals.join('\n').trimEnd(), observedUnixNano)
  }

  #add(line: LogLine, original: string, observedUnixNano: bigint): void {
    this.#batch.add(line, original, this.#isWatched ? observedUnixNano : 0n)
  }

  /** What was completed since the last call, as `resourceLogs` of OTLP/JSON. */
  take(): { readonly [key: string]: unknown }[] {
    return this.#batch.take()
  }
}

function structuredLine(line: string): LogLine | undefined {
  const fields = jsonFields(line)
  if (fields) return dockerLine(fields) ?? lineOfFields(fields)
  const pairs = logfmtFields(line)
  return pairs && lineOfFields(pairs)
}

/** Docker's json-file driver wraps each line in JSON of its own. */
function dockerLine(fields: { readonly [key: string]: unknown }): LogLine | undefined {
  const { log, stream, time } = fields
  if (typeof log !== 'string' || typeof time !== 'string' || (stream !== 'stdout' && stream !== 'stderr')) {
    return undefined
  }
  const text = withoutColours(log.trimEnd())
  const outside = lineOfFields({ time })
  const inside = structuredLine(text) ?? lineOfText(text, lineStart(text, outside.timeUnixNano))
  return {
    ...inside,
    timeUnixNano: inside.timeUnixNano || outside.timeUnixNano,
    attributes: [...inside.attributes, ['log.iostream', stream]],
  }
}
