/** The frame traces and logs share in OTLP protobuf: request → resources → scopes → records. */

import type { Batch, ResourceRecord, ScopeRecord } from '#shared/model/batch.ts'
import { RejectionTally } from './decode-error.ts'
import { OtlpTranscoder, type Ranges } from './otlp-common-protobuf.ts'
import { type ProtobufReader, tag, WireType } from './protobuf-reader.ts'

export interface RecordDecoder<Record> {
  /** Reads one record; may throw `RejectedRecord`. Refused parts of a record that stays are counted in `tally`. */
  decode(
    transcoder: OtlpTranscoder,
    reader: ProtobufReader,
    place: { readonly resource: number; readonly scope: number },
    tally: RejectionTally,
  ): Record
  /** What a record counts for when it is refused as a whole: data points for a metric, else 1. */
  weigh(reader: ProtobufReader): number
}

/** `ResourceSpans` or `ScopeSpans` (or their kin): what it is about, what it holds, its schema URL. */
interface Group {
  readonly head: Ranges
  readonly children: Ranges
  readonly schemaUrl: Ranges
}

/**
 * Decodes an `Export…ServiceRequest`, framed alike for every signal.
 * Throws `MalformedPayload` when the bytes aren't such a message.
 */
export function decodeBatch<Record>(bytes: Buffer, decoder: RecordDecoder<Record>): Batch<Record> {
  const transcoder = new OtlpTranscoder(bytes)
  const tally = new RejectionTally()
  const resources: ResourceRecord[] = []
  const scopes: ScopeRecord[] = []
  const records: Record[] = []

  for (const { start, end } of pairs(readGroup(transcoder, 0, bytes.length).head)) {
    const group = readGroup(transcoder, start, end)
    const scoped = pairs(group.children).map((range) => readGroup(transcoder, range.start, range.end))
    const weigh = ({ children }: Group): number => weightOf(transcoder, children, decoder)
    const resource = tally.attempt(
      () => transcoder.resource(group.head, schemaUrlOf(transcoder, group)),
      () => scoped.reduce((sum, each) => sum + weigh(each), 0),
    )
    if (!resource) continue
    resources.push(resource)
    for (const scopeGroup of scoped) {
      const { head, children } = scopeGroup
      const scope = tally.attempt(
        () => transcoder.scope(head, schemaUrlOf(transcoder, scopeGroup)),
        () => weigh(scopeGroup),
      )
      if (!scope) continue
      scopes.push(scope)
      const place = { resource: resources.length - 1, scope: scopes.length - 1 }
      for (let index = 0; index < children.length; index += 2) {
        const start = children[index] as number
        const end = children[index + 1] as number
        const record = tally.attempt(
          () => decoder.decode(transcoder, transcoder.reader(start, end), place, tally),
          () => decoder.weigh(transcoder.reader(start, end)),
        )
        if (record !== undefined) records.push(record)
      }
    }
  }
  return { resources, scopes, records, rejected: tally.counts }
}

function weightOf<Record>(transcoder: OtlpTranscoder, children: Ranges, decoder: RecordDecoder<Record>): number {
  return pairs(children).reduce((sum, { start, end }) => sum + decoder.weigh(transcoder.reader(start, end)), 0)
}

function readGroup(transcoder: OtlpTranscoder, start: number, end: number): Group {
  const group: Group = { head: [], children: [], schemaUrl: [] }
  const reader = transcoder.reader(start, end)
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, WireType.bytes)) group.head.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(2, WireType.bytes)) group.children.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(3, WireType.bytes)) group.schemaUrl.push(reader.lengthDelimited(), reader.position)
    else reader.skip(fieldTag)
  }
  return group
}

function schemaUrlOf(transcoder: OtlpTranscoder, { schemaUrl }: Group): string {
  return schemaUrl.length === 0 ? '' : transcoder.text(schemaUrl.at(-2) as number, schemaUrl.at(-1) as number)
}

function pairs(ranges: Ranges): { start: number; end: number }[] {
  return Array.from({ length: ranges.length / 2 }, (_, index) => ({
    start: ranges[index * 2] as number,
    end: ranges[index * 2 + 1] as number,
  }))
}
