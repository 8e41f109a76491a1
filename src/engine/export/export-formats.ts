/** How each format is written that is made of records alone; a page and a session have more to them. */

import type { ExportFormat } from '#shared/contract/exports.ts'
import { ChromeWriter } from './chrome-writer.ts'
import { CsvWriter } from './csv-writer.ts'
import type { FormatWriter } from './format-writer.ts'
import { JaegerWriter } from './jaeger-writer.ts'
import { MarkdownWriter } from './markdown-writer.ts'
import { OtlpJsonDocument, OtlpJsonLines } from './otlp-json-writers.ts'
import { OtlpProtobufWriter } from './otlp-protobuf-writer.ts'
import { ZipkinWriter } from './zipkin-writer.ts'

export const formatWriters: Readonly<Record<Exclude<ExportFormat, 'html' | 'session'>, () => FormatWriter>> = {
  'otlp-jsonl': () => new OtlpJsonLines(),
  'otlp-json': () => new OtlpJsonDocument(),
  'otlp-protobuf': () => new OtlpProtobufWriter(),
  jaeger: () => new JaegerWriter(),
  zipkin: () => new ZipkinWriter(),
  chrome: () => new ChromeWriter(),
  csv: () => new CsvWriter(),
  markdown: () => new MarkdownWriter(),
}
