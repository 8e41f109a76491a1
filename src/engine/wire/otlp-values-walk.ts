/** Attributes in OTLP/JSON, from bytes to JSONB without objects in between. */

import { base64Field, doubleField } from './json-fields.ts'
import { type JsonWalker, Names, NotPlain } from './json-walker.ts'
import type { JsonbWriter } from './jsonb-writer.ts'
import { writeInteger } from './otlp-batch-json.ts'
import { maxDepth } from './otlp-common-protobuf.ts'

const pairNames = new Names(['key', 'value'])
const pair = { key: 0, value: 1, none: -1 } as const
const valueNames = new Names([
  'stringValue',
  'boolValue',
  'intValue',
  'doubleValue',
  'bytesValue',
  'arrayValue',
  'kvlistValue',
])
const listNames = new Names(['values'])
const dollar = 0x24

/** A list of `KeyValue` as one JSONB object. Throws `NotPlain` or what the decoder of objects throws. */
export function walkAttributes(walker: JsonWalker, writer: JsonbWriter, nested = false, depth = 0): void {
  const container = writer.openContainer()
  walker.openArray()
  while (walker.nextItem()) {
    walker.openObject()
    if (walker.nextMember(pairNames) !== pair.key) throw new NotPlain()
    walker.string()
    if (nested && walker.bytes[walker.start] === dollar) writer.text(`$${walker.lastText()}`)
    else writeText(walker, writer)
    if (walker.nextMember(pairNames) !== pair.value) throw new NotPlain()
    walkValue(walker, writer, depth)
    walker.closeObject()
  }
  writer.closeObject(container)
}

function writeText(walker: JsonWalker, writer: JsonbWriter): void {
  if (walker.isEscaped) writer.text(walker.lastText())
  else writer.copiedText(walker.bytes, walker.start, walker.end)
}

/** One `AnyValue`. */
function walkValue(walker: JsonWalker, writer: JsonbWriter, depth: number): void {
  if (depth > maxDepth) throw new NotPlain()
  walker.openObject()
  const kind = walker.nextMember(valueNames)
  switch (kind) {
    case 0:
      walker.string()
      writeText(walker, writer)
      break
    case 1:
      writeBoolean(walker.value(), writer)
      break
    case 2:
      if (walker.integer()) writer.copiedInteger(walker.bytes, walker.start, walker.end)
      else writeInteger(writer, present(walker.value()))
      break
    case 3:
      writer.double(doubleField(present(walker.value())))
      break
    case 4:
      writer.bytes(base64Field(present(walker.value())))
      break
    case 5:
      walkArray(walker, writer, depth + 1)
      break
    case 6:
      walkList(walker, writer, depth + 1)
      break
    default:
      writer.null()
      return
  }
  walker.closeObject()
}

function writeBoolean(value: unknown, writer: JsonbWriter): void {
  if (typeof value !== 'boolean') throw new NotPlain()
  writer.boolean(value)
}

/** Null is no value: another member may have one. */
function present(value: unknown): unknown {
  if (value === null) throw new NotPlain()
  return value
}

function walkArray(walker: JsonWalker, writer: JsonbWriter, depth: number): void {
  const container = writer.openContainer()
  walker.openObject()
  if (walker.nextMember(listNames) === 0) {
    walker.openArray()
    while (walker.nextItem()) walkValue(walker, writer, depth)
    walker.closeObject()
  }
  writer.closeArray(container)
}

function walkList(walker: JsonWalker, writer: JsonbWriter, depth: number): void {
  walker.openObject()
  if (walker.nextMember(listNames) !== 0) throw new NotPlain()
  walkAttributes(walker, writer, true, depth)
  walker.closeObject()
}
