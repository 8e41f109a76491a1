/** Every format of documents in JSON, the most telling first. */

import type { JsonFormat } from '../wire/import-format.ts'
import { jaegerFormat } from '../wire/jaeger-json.ts'
import { isOtlpDocument, joinOtlp } from '../wire/otlp-document.ts'

const otlpFormat: JsonFormat = { name: 'OTLP JSON', recognises: isOtlpDocument, toOtlp: joinOtlp }

export const jsonFormats: readonly JsonFormat[] = [otlpFormat, jaegerFormat]
