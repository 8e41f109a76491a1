/** The frame of OTLP/JSON requests, and the messages every signal shares: values, attributes, resources, scopes. */

import type { Batch, ResourceRecord, ScopeRecord } from '#shared/model/batch.ts'
import { fromHex } from '#shared/model/ids.ts'
import type { Packed } from '#shared/model/jsonb.ts'
import { MalformedPayload, RejectedRecord, RejectionTally, reasons } from './decode-error.ts'
import {
  arrayField,
  base64Field,
  doubleField,
  int64Field,
  type JsonObject,
  objectField,
  parseJson,
  textField,
  uint32Field,
} from './json-fields.ts'
import { JsonbWriter } from './jsonb-writer.ts'
import { maxDepth, serviceNameOf, writeEntityRef } from './otlp-common-protobuf.ts'

/** The three list fields that name a signal's nesting. */
export interface BatchFields {
  readonly resources: string
  readonly scopes: string
  readonly records: string
}

export interface JsonRecordDecoder<Record> {
  /** Reads one record; may throw `RejectedRecord`. Refused parts of a record that stays are counted in `tally`. */
  decode(
    writer: JsonbWriter,
    json: JsonObject,
    place: { readonly resource: number; readonly scope: number },
    tally: RejectionTally,
  ): Record
  /** What a record counts for when it is refused as a whole: data points for a metric, else 1. */
  weigh(json: unknown): number
}

/** OTLP/JSON as bytes, or as the value that was parsed from them or made of another format. */
export type JsonPayload = Buffer | JsonObject

/** Decodes an OTLP/JSON request of any signal. Throws `MalformedPayload` when it isn't one. */
export function decodeJsonBatch<Record>(
  payload: JsonPayload,
  fields: BatchFields,
  decoder: JsonRecordDecoder<Record>,
): Batch<Record> {
  const isBytes = Buffer.isBuffer(payload)
  const writer = new JsonbWriter(isBytes ? payload.length : undefined)
  const tally = new RejectionTally()
  const resources: ResourceRecord[] = []
  const scopes: ScopeRecord[] = []
  const records: Record[] = []

  const document = framed(isBytes ? parseJson(payload) : payload, 'the document')
  for (const resourceGroup of framedList(document, fields.resources)) {
    const scopeGroups = framedList(resourceGroup, fields.scopes)
    const weigh = (group: JsonObject): number =>
      framedItems(group, fields.records).reduce<number>((sum, item) => sum + decoder.weigh(item), 0)
    const resource = tally.attempt(
      () => decodeResource(writer, resourceGroup),
      () => scopeGroups.reduce((sum, group) => sum + weigh(group), 0),
    )
    if (!resource) continue
    resources.push(resource)
    for (const scopeGroup of scopeGroups) {
      const items = framedItems(scopeGroup, fields.records)
      const scope = tally.attempt(
        () => decodeScope(writer, scopeGroup),
        () => weigh(scopeGroup),
      )
      if (!scope) continue
      scopes.push(scope)
      const place = { resource: resources.length - 1, scope: scopes.length - 1 }
      for (const item of items) {
        const record = tally.attempt(
          () => decoder.decode(writer, objectField(item), place, tally),
          () => decoder.weigh(item),
        )
        if (record !== undefined) records.push(record)
      }
    }
  }
  return { resources, scopes, records, rejected: tally.counts }
}

function framed(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedPayload(`${what} must be a JSON object`)
  }
  return value as JsonObject
}

function framedItems(parent: JsonObject, name: string): readonly unknown[] {
  const value = parent[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new MalformedPayload(`"${name}" must be an array`)
  return value
}

function framedList(parent: JsonObject, name: string): JsonObject[] {
  return framedItems(parent, name).map((item) => framed(item, `each item of "${name}"`))
}

/** Of an element of `resourceSpans` or the like. Throws `RejectedRecord`. */
export function decodeResource(writer: JsonbWriter, group: JsonObject): ResourceRecord {
  const json = objectField(group.resource)
  const attributes = packAttributes(writer, json.attributes)
  return {
    serviceName: serviceNameOf(attributes),
    attributes,
    droppedAttributesCount: uint32Field(json.droppedAttributesCount),
    entityRefs: packEntityRefs(writer, arrayField(json.entityRefs)),
    schemaUrl: textField(group.schemaUrl),
  }
}

/** Of an element of `scopeSpans` or the like. Throws `RejectedRecord`. */
export function decodeScope(writer: JsonbWriter, group: JsonObject): ScopeRecord {
  const json = objectField(group.scope)
  return {
    name: textField(json.name),
    version: textField(json.version),
    attributes: packAttributes(writer, json.attributes),
    droppedAttributesCount: uint32Field(json.droppedAttributesCount),
    schemaUrl: textField(group.schemaUrl),
  }
}

function packEntityRefs(writer: JsonbWriter, entities: readonly unknown[]): Packed | null {
  if (entities.length === 0) return null
  writer.begin()
  const list = writer.openContainer()
  for (const entity of entities) {
    const json = objectField(entity)
    writeEntityRef(writer, {
      schemaUrl: textField(json.schemaUrl),
      type: textField(json.type),
      idKeys: arrayField(json.idKeys).map(textField),
      descriptionKeys: arrayField(json.descriptionKeys).map(textField),
    })
  }
  writer.closeArray(list)
  return writer.take()
}

/** A JSON list of `KeyValue` as one JSONB object. Throws `RejectedRecord`. */
export function packAttributes(writer: JsonbWriter, attributes: unknown): Packed {
  writer.begin()
  writeAttributes(writer, attributes, false)
  return writer.take()
}

export function writeAttributes(writer: JsonbWriter, attributes: unknown, nested: boolean, depth = 0): void {
  const container = writer.openContainer()
  for (const item of arrayField(attributes)) {
    const pair = objectField(item)
    const key = textField(pair.key)
    writer.text(nested && key.startsWith('$') ? `$${key}` : key)
    writeValue(writer, pair.value, depth)
  }
  writer.closeObject(container)
}

/** One `AnyValue` in its JSON form; without a known field it is null. */
export function writeValue(writer: JsonbWriter, value: unknown, depth: number): void {
  if (depth > maxDepth) throw new RejectedRecord(reasons.depth)
  const json = objectField(value)
  if (isSet(json.stringValue)) writer.text(textField(json.stringValue))
  else if (isSet(json.boolValue)) writer.boolean(booleanField(json.boolValue))
  else if (isSet(json.intValue)) writeInteger(writer, json.intValue)
  else if (isSet(json.doubleValue)) writer.double(doubleField(json.doubleValue))
  else if (isSet(json.bytesValue)) writer.bytes(base64Field(json.bytesValue))
  else if (isSet(json.arrayValue)) {
    const container = writer.openContainer()
    for (const item of arrayField(objectField(json.arrayValue).values)) writeValue(writer, item, depth + 1)
    writer.closeArray(container)
  } else if (isSet(json.kvlistValue)) writeAttributes(writer, objectField(json.kvlistValue).values, true, depth + 1)
  else writer.null()
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

/**
 * JavaScript's SDK calls every whole number an integer, however large: beyond 64 bits it is the double it was there,
 * and no reason to lose the span.
 */
export function writeInteger(writer: JsonbWriter, value: unknown): void {
  const tooLarge = typeof value === 'number' ? Math.abs(value) >= 2 ** 63 : isWide(value)
  if (tooLarge) writer.double(Number(value))
  else writer.integer(signedField(value))
}

function isWide(value: unknown): boolean {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) !== value
}

/** An `int64`; one that doesn't fit is refused: cutting it would show a number nobody sent. */
function signedField(value: unknown): bigint {
  const integer = int64Field(value)
  if (BigInt.asIntN(64, integer) !== integer) throw new RejectedRecord(reasons.shape)
  return integer
}

function booleanField(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new RejectedRecord(reasons.shape)
  return value
}

/** An id as case-insensitive hex; undefined when absent. Throws `RejectedRecord` with `reason` when it isn't hex. */
export function idField(value: unknown, reason: string): Uint8Array | undefined {
  if (value === undefined || value === null) return undefined
  const bytes = typeof value === 'string' ? fromHex(value) : undefined
  if (!bytes) throw new RejectedRecord(reason)
  return bytes
}
