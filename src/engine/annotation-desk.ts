/** Marks a person sets or takes away: a new one goes the way of every sender's annotation, as an OTLP log record. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { WriterPool } from './threads/pool.ts'

/** `service.name` of what a person marks in the app. */
const markingService = 'spanlight'

export interface Mark {
  readonly text: string
  readonly startUnixNano: string
  readonly endUnixNano?: string | undefined
}

export class AnnotationDesk {
  readonly #writer: WriterPool

  constructor(writer: WriterPool) {
    this.#writer = writer
  }

  /** Throws BAD_INPUT when it would end before it starts, BUSY when the store can't be written. */
  async add(mark: Mark): Promise<void> {
    const { startUnixNano: start, endUnixNano: end } = mark
    if (end !== undefined && BigInt(end) < BigInt(start)) {
      throw new SpanlightError('BAD_INPUT', 'The annotation ends before it starts.')
    }
    // Its memory moves to the writer: a Buffer might share it with others.
    const bytes = new TextEncoder().encode(JSON.stringify(requestOf(mark)))
    const outcome = await this.#writer.submit(bytes, 'logs', 'json')
    if (outcome.kind !== 'committed') throw new SpanlightError('BUSY', `The mark was ${outcome.message}`)
  }

  /** Throws NOT_FOUND. */
  async remove(id: number): Promise<void> {
    await this.#writer.command({ name: 'removeAnnotation', id })
  }
}

function requestOf({ text, startUnixNano, endUnixNano }: Mark): unknown {
  const attribute = (key: string, value: string): unknown => ({ key, value: { stringValue: value } })
  const end =
    endUnixNano === undefined ? [] : [{ key: 'spanlight.annotation.end_unix_nano', value: { intValue: endUnixNano } }]
  const logRecord = {
    timeUnixNano: startUnixNano,
    observedTimeUnixNano: fromUnixMillis(Date.now()).toString(),
    severityNumber: 9,
    eventName: 'spanlight.annotation',
    body: { stringValue: text },
    attributes: [attribute('spanlight.annotation.kind', 'note'), attribute('spanlight.annotation.text', text), ...end],
  }
  return {
    resourceLogs: [
      {
        resource: { attributes: [attribute('service.name', markingService)] },
        scopeLogs: [{ logRecords: [logRecord] }],
      },
    ],
  }
}
