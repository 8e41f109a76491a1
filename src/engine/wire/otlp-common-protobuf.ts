/** What traces, metrics and logs share in OTLP protobuf: values, attributes, resources, scopes (common.proto, resource.proto). */

import { isUtf8 } from 'node:buffer'
import type { ResourceRecord, ScopeRecord } from '#shared/model/batch.ts'
import { type Packed, unpackAttributes } from '#shared/model/jsonb.ts'
import { unknownService } from '#shared/model/span.ts'
import { maxUnixNano } from '#shared/model/time.ts'
import { RejectedRecord, reasons } from './decode-error.ts'
import { JsonbWriter } from './jsonb-writer.ts'
import { ProtobufReader, tag, WireType } from './protobuf-reader.ts'

/** SQLite's JSON functions stop at 1000 levels and protobuf libraries at 100. */
export const maxDepth = 100

/** Start and end offsets of length-delimited fields, flat: [start, end, start, end, …]. */
export type Ranges = number[]

const keyTag = tag(1, WireType.bytes)
const valueTag = tag(2, WireType.bytes)

const AnyValueTag = {
  string: tag(1, WireType.bytes),
  bool: tag(2, WireType.varint),
  int: tag(3, WireType.varint),
  double: tag(4, WireType.fixed64),
  array: tag(5, WireType.bytes),
  keyValueList: tag(6, WireType.bytes),
  bytes: tag(7, WireType.bytes),
} as const

/** By tag: 1 for a field of `AnyValue`. A known field number with another wire type is an unknown field. */
const isValueTag = new Uint8Array(AnyValueTag.bytes + 1)
for (const known of Object.values(AnyValueTag)) isValueTag[known] = 1

/** Reads OTLP's shared messages out of one payload. */
export class OtlpTranscoder {
  readonly bytes: Buffer
  readonly writer: JsonbWriter

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.writer = new JsonbWriter(bytes.length)
  }

  reader(start: number, end: number): ProtobufReader {
    return new ProtobufReader(this.bytes, start, end)
  }

  /** Throws `RejectedRecord` when it isn't UTF-8. */
  text(start: number, end: number): string {
    if (start === end) return ''
    if (!isUtf8(this.bytes.subarray(start, end))) throw new RejectedRecord(reasons.utf8)
    return this.bytes.toString('utf8', start, end)
  }

  /** The attributes at `ranges` as one JSONB object. */
  packAttributes(ranges: Ranges): Packed {
    this.writer.begin()
    this.writeAttributes(ranges, false)
    return this.writer.take()
  }

  writeAttributes(ranges: Ranges, nested: boolean, depth = 0): void {
    const container = this.writer.openContainer()
    for (let index = 0; index < ranges.length; index += 2) {
      this.#writeKeyValue(ranges[index] as number, ranges[index + 1] as number, nested, depth)
    }
    this.writer.closeObject(container)
  }

  /** One `AnyValue`; of several set fields the last counts, none is null. */
  writeValue(start: number, end: number, depth: number): void {
    if (depth > maxDepth) throw new RejectedRecord(reasons.depth)
    const reader = this.reader(start, end)
    const { writer } = this
    const mark = writer.mark()
    let found = false
    while (reader.position < reader.end) {
      const fieldTag = reader.tag()
      if (isValueTag[fieldTag] !== 1) {
        reader.skip(fieldTag)
        continue
      }
      writer.rewind(mark)
      this.#writeOneOf(reader, fieldTag, depth)
      found = true
    }
    if (!found) writer.null()
  }

  resource(ranges: Ranges, schemaUrl: string): ResourceRecord {
    const attributes: Ranges = []
    const entities: Ranges = []
    let droppedAttributesCount = 0
    for (let index = 0; index < ranges.length; index += 2) {
      const reader = this.reader(ranges[index] as number, ranges[index + 1] as number)
      while (reader.position < reader.end) {
        const fieldTag = reader.tag()
        if (fieldTag === tag(1, WireType.bytes)) attributes.push(reader.lengthDelimited(), reader.position)
        else if (fieldTag === tag(2, WireType.varint)) droppedAttributesCount = reader.uint32()
        else if (fieldTag === tag(3, WireType.bytes)) entities.push(reader.lengthDelimited(), reader.position)
        else reader.skip(fieldTag)
      }
    }
    const packed = this.packAttributes(attributes)
    const entityRefs = entities.length === 0 ? null : this.#packEntityRefs(entities)
    return { serviceName: serviceNameOf(packed), attributes: packed, droppedAttributesCount, entityRefs, schemaUrl }
  }

  scope(ranges: Ranges, schemaUrl: string): ScopeRecord {
    const attributes: Ranges = []
    let name = ''
    let version = ''
    let droppedAttributesCount = 0
    for (let index = 0; index < ranges.length; index += 2) {
      const reader = this.reader(ranges[index] as number, ranges[index + 1] as number)
      while (reader.position < reader.end) {
        const fieldTag = reader.tag()
        if (fieldTag === tag(1, WireType.bytes)) name = this.text(reader.lengthDelimited(), reader.position)
        else if (fieldTag === tag(2, WireType.bytes)) version = this.text(reader.lengthDelimited(), reader.position)
        else if (fieldTag === tag(3, WireType.bytes)) attributes.push(reader.lengthDelimited(), reader.position)
        else if (fieldTag === tag(4, WireType.varint)) droppedAttributesCount = reader.uint32()
        else reader.skip(fieldTag)
      }
    }
    return { name, version, attributes: this.packAttributes(attributes), droppedAttributesCount, schemaUrl }
  }

  #writeOneOf(reader: ProtobufReader, fieldTag: number, depth: number): void {
    const { writer } = this
    switch (fieldTag) {
      case AnyValueTag.string: {
        const start = reader.lengthDelimited()
        writer.utf8(this.bytes, start, reader.position)
        return
      }
      case AnyValueTag.bool:
        writer.boolean(reader.varint() !== 0)
        return
      case AnyValueTag.int:
        writer.integer(reader.int64())
        return
      case AnyValueTag.double:
        writer.double(reader.double())
        return
      case AnyValueTag.array: {
        const start = reader.lengthDelimited()
        const values = this.#repeated(start, reader.position)
        const container = writer.openContainer()
        for (let index = 0; index < values.length; index += 2) {
          this.writeValue(values[index] as number, values[index + 1] as number, depth + 1)
        }
        writer.closeArray(container)
        return
      }
      case AnyValueTag.keyValueList: {
        const start = reader.lengthDelimited()
        this.writeAttributes(this.#repeated(start, reader.position), true, depth + 1)
        return
      }
      case AnyValueTag.bytes: {
        const start = reader.lengthDelimited()
        writer.bytes(this.bytes.subarray(start, reader.position))
        return
      }
    }
  }

  /** Ranges of the repeated field 1, the only field of `ArrayValue` and `KeyValueList`. */
  #repeated(start: number, end: number): Ranges {
    const ranges: Ranges = []
    const reader = this.reader(start, end)
    while (reader.position < reader.end) {
      const fieldTag = reader.tag()
      if (fieldTag === tag(1, WireType.bytes)) ranges.push(reader.lengthDelimited(), reader.position)
      else reader.skip(fieldTag)
    }
    return ranges
  }

  #writeKeyValue(start: number, end: number, nested: boolean, depth: number): void {
    const reader = this.reader(start, end)
    let keyStart = 0
    let keyEnd = 0
    let valueStart = 0
    let valueEnd = 0
    while (reader.position < reader.end) {
      const fieldTag = reader.tag()
      if (fieldTag === keyTag) {
        keyStart = reader.lengthDelimited()
        keyEnd = reader.position
      } else if (fieldTag === valueTag) {
        valueStart = reader.lengthDelimited()
        valueEnd = reader.position
      } else reader.skip(fieldTag)
    }
    if (nested && keyStart < keyEnd && this.bytes[keyStart] === 0x24)
      this.writer.text(`$${this.text(keyStart, keyEnd)}`)
    else this.writer.utf8(this.bytes, keyStart, keyEnd)
    this.writeValue(valueStart, valueEnd, depth)
  }

  #packEntityRefs(ranges: Ranges): Packed {
    const { writer } = this
    writer.begin()
    const list = writer.openContainer()
    for (let index = 0; index < ranges.length; index += 2) {
      this.#writeEntityRef(ranges[index] as number, ranges[index + 1] as number)
    }
    writer.closeArray(list)
    return writer.take()
  }

  #writeEntityRef(start: number, end: number): void {
    const texts = ['', ''] // schema URL, type
    const keys: [string[], string[]] = [[], []] // id keys, description keys
    const reader = this.reader(start, end)
    while (reader.position < reader.end) {
      const fieldTag = reader.tag()
      const field = (fieldTag - WireType.bytes) / 8
      if (field === 1 || field === 2) texts[field - 1] = this.text(reader.lengthDelimited(), reader.position)
      else if (field === 3 || field === 4) keys[field - 3]?.push(this.text(reader.lengthDelimited(), reader.position))
      else reader.skip(fieldTag)
    }
    writeEntityRef(this.writer, {
      schemaUrl: texts[0] ?? '',
      type: texts[1] ?? '',
      idKeys: keys[0],
      descriptionKeys: keys[1],
    })
  }
}

export interface EntityRef {
  readonly schemaUrl: string
  readonly type: string
  readonly idKeys: readonly string[]
  readonly descriptionKeys: readonly string[]
}

export function writeEntityRef(writer: JsonbWriter, entity: EntityRef): void {
  const object = writer.openContainer()
  writer.text('schemaUrl')
  writer.text(entity.schemaUrl)
  writer.text('type')
  writer.text(entity.type)
  for (const name of ['idKeys', 'descriptionKeys'] as const) {
    writer.text(name)
    const list = writer.openContainer()
    for (const key of entity[name]) writer.text(key)
    writer.closeArray(list)
  }
  writer.closeObject(object)
}

export function serviceNameOf(attributes: Packed): string {
  for (const { key, value } of unpackAttributes(attributes)) {
    if (key === 'service.name') return typeof value === 'string' && value !== '' ? value : unknownService
  }
  return unknownService
}

/** Refuses what SQLite's INTEGER can't hold. */
export function checkedTime(nanos: bigint): bigint {
  if (nanos > maxUnixNano) throw new RejectedRecord(reasons.time)
  return nanos
}
