/** Every format of documents in JSON, the most telling first. */

import { goStdoutFormat } from '../wire/go-stdout-json.ts'
import type { JsonFormat } from '../wire/import-format.ts'
import { jaegerFormat } from '../wire/jaeger-json.ts'
import { logLinesFormat } from '../wire/log-lines-format.ts'
import { isOtlpDocument, joinOtlp } from '../wire/otlp-document.ts'
import { tempoFormat } from '../wire/tempo-json.ts'
import { zipkinFormat } from '../wire/zipkin-json.ts'

export const otlpFormat: JsonFormat = { name: 'OTLP JSON', recognises: isOtlpDocument, toOtlp: joinOtlp }

export const jsonFormats: readonly JsonFormat[] = [
  tempoFormat,
  otlpFormat,
  jaegerFormat,
  zipkinFormat,
  goStdoutFormat,
  logLinesFormat,
]
