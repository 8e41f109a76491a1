/** Takes what is secret out of records on their way out. Pure but for the count of what it did. */

import type { Redaction, RedactionSample } from '#shared/contract/exports.ts'
import { type AttributeValue, isKeyValueList, type KeyValue, toPlainJson } from '#shared/model/jsonb.ts'
import type {
  EntityRef,
  LogData,
  MetricData,
  Placed,
  PointData,
  ResourceData,
  ScopeData,
  SpanData,
} from '#shared/model/telemetry-data.ts'
import { isSecretName, isStatementParameter, isVersionName, starMatcher } from './redact-names.ts'
import { isStatementName } from './redact-sql.ts'
import { type RedactedText, TextRedactor } from './redact-text.ts'
import { RedactionTally } from './redaction-tally.ts'

const maxCachedNames = 20_000

export class Redactor {
  readonly redaction: Redaction
  readonly #texts: TextRedactor
  readonly #customNames: readonly ((name: string) => boolean)[]
  readonly isOff: boolean
  readonly #tally = new RedactionTally()
  readonly #resources = new WeakMap<ResourceData, ResourceData>()
  readonly #scopes = new WeakMap<ScopeData, ScopeData>()
  readonly #customVerdicts = new Map<string, boolean>()

  /** `key` is made for one export and forgotten with it: pseudonyms of two exports can't be matched. */
  constructor(redaction: Redaction, key: Uint8Array) {
    this.redaction = redaction
    this.#texts = new TextRedactor(redaction, key)
    this.#customNames = redaction.names.map(starMatcher)
    this.isOff = redaction.rules.length + redaction.names.length + redaction.patterns.length === 0
  }

  /** How many values each rule replaced. */
  get found(): { rule: string; count: number }[] {
    return this.#tally.found
  }

  get samples(): readonly RedactionSample[] {
    return this.#tally.samples
  }

  span(span: SpanData): SpanData {
    if (this.isOff) return span
    return {
      ...span,
      ...this.#placed(span),
      traceState: this.text('trace state', span.traceState),
      name: this.text('span name', span.name),
      statusMessage: this.text('status message', span.statusMessage),
      attributes: this.attributes('attribute', span.attributes),
      events: span.events.map((event) => ({
        ...event,
        name: this.text('event name', event.name),
        attributes: this.attributes('event attribute', event.attributes),
      })),
      links: span.links.map((link) => ({
        ...link,
        traceState: this.text('trace state of a link', link.traceState),
        attributes: this.attributes('link attribute', link.attributes),
      })),
    }
  }

  log(log: LogData): LogData {
    if (this.isOff) return log
    return {
      ...log,
      ...this.#placed(log),
      severityText: this.text('severity', log.severityText),
      body: log.body === undefined ? undefined : this.#value('log body', '', log.body),
      attributes: this.attributes('log attribute', log.attributes),
      eventName: this.text('event name', log.eventName),
    }
  }

  metric(metric: MetricData): MetricData {
    if (this.isOff) return metric
    return {
      ...metric,
      ...this.#placed(metric),
      name: this.text('metric name', metric.name),
      description: this.text('metric description', metric.description),
      unit: this.text('metric unit', metric.unit),
      metadata: metric.metadata === null ? null : this.attributes('metric metadata', metric.metadata),
      points: metric.points.map((point) => this.#point(point)),
    }
  }

  #point(point: PointData): PointData {
    return {
      ...point,
      attributes: this.attributes('metric attribute', point.attributes),
      exemplars: point.exemplars.map((exemplar) => ({
        ...exemplar,
        attributes: this.attributes('exemplar attribute', exemplar.attributes),
      })),
    }
  }

  /** `where` is what a person is told it was found in. */
  text(where: string, text: string): string {
    return this.isOff ? text : this.#noted(where, text, this.#texts.redact(text))
  }

  /** A text of a table, whose column may have the name of a secret. */
  cell(column: string, text: string): string {
    return this.isOff ? text : String(this.#value(`column ${column}`, column, text))
  }

  attributes(where: string, pairs: readonly KeyValue[]): readonly KeyValue[] {
    if (this.isOff) return pairs
    return pairs.map(({ key, value }) => ({
      key: this.text(`name of an ${where}`, key),
      value: this.#value(`${where} ${key}`, key, value),
    }))
  }

  #placed({ resource, scope }: Placed): Placed {
    let redactedResource = this.#resources.get(resource)
    if (!redactedResource) {
      redactedResource = {
        ...resource,
        serviceName: this.text('service name', resource.serviceName),
        attributes: this.attributes('resource attribute', resource.attributes),
        entityRefs: resource.entityRefs?.map((entity) => this.#entity(entity)) ?? null,
        schemaUrl: this.text('schema URL', resource.schemaUrl),
      }
      this.#resources.set(resource, redactedResource)
    }
    let redactedScope = this.#scopes.get(scope)
    if (!redactedScope) {
      redactedScope = {
        ...scope,
        name: this.text('scope name', scope.name),
        version: this.#textValue('scope version', 'version', scope.version),
        attributes: this.attributes('scope attribute', scope.attributes),
        schemaUrl: this.text('schema URL', scope.schemaUrl),
      }
      this.#scopes.set(scope, redactedScope)
    }
    return { resource: redactedResource, scope: redactedScope }
  }

  /** Names attributes of its resource, which are redacted alike. */
  #entity({ schemaUrl, type, idKeys, descriptionKeys }: EntityRef): EntityRef {
    const key = (name: string): string => this.text('key of an entity', name)
    return {
      schemaUrl: this.text('schema URL', schemaUrl),
      type: this.text('type of an entity', type),
      idKeys: idKeys.map(key),
      descriptionKeys: descriptionKeys.map(key),
    }
  }

  #value(where: string, name: string, value: AttributeValue): AttributeValue {
    const rule = value === null ? undefined : this.#ruleOfName(name, value)
    if (rule !== undefined && value !== null) return this.#whole(where, rule, value)
    if (typeof value === 'string') return this.#textValue(where, name, value)
    if (typeof value === 'bigint' || typeof value === 'number') return this.#number(where, value)
    if (value === null || typeof value === 'boolean') return value
    if (value instanceof Uint8Array) return this.#bytes(where, value)
    if (isKeyValueList(value)) {
      return {
        pairs: value.pairs.map((pair) => ({
          key: this.text(`key in ${where}`, pair.key),
          value: this.#value(`${where} › ${pair.key}`, pair.key, pair.value),
        })),
      }
    }
    return value.map((item) => this.#value(where, name, item))
  }

  #ruleOfName(name: string, value: AttributeValue): string | undefined {
    if (name === '') return undefined
    if (this.#isCustom(name)) return 'names'
    const isNumeric = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    if (this.#texts.has('secrets') && isSecretName(name, isNumeric)) return 'secrets'
    return this.#texts.has('sql') && isStatementParameter(name) ? 'sql' : undefined
  }

  #isCustom(name: string): boolean {
    if (this.#customNames.length === 0) return false
    let verdict = this.#customVerdicts.get(name)
    if (verdict === undefined) {
      verdict = this.#customNames.some((matches) => matches(name))
      if (this.#customVerdicts.size >= maxCachedNames) this.#customVerdicts.clear()
      this.#customVerdicts.set(name, verdict)
    }
    return verdict
  }

  /** A list stays a list, so that one can see how many there were. */
  #whole(where: string, rule: string, value: AttributeValue): AttributeValue {
    if (Array.isArray(value)) return value.map((item: AttributeValue) => this.#whole(where, rule, item))
    const plain = toPlainJson(value)
    const text = typeof plain === 'string' ? plain : JSON.stringify(plain)
    if (text === '' || plain === null) return value
    return this.#noted(where, text, { text: this.#texts.pseudonym(text, rule), rules: [rule] })
  }

  #textValue(where: string, name: string, text: string): string {
    const redacted =
      this.#texts.has('sql') && isStatementName(name)
        ? this.#texts.redactStatement(text)
        : this.#texts.redact(text, isVersionName(name))
    return this.#noted(where, text, redacted)
  }

  /** A card number may come as a number. */
  #number(where: string, value: bigint | number): AttributeValue {
    const text = String(value)
    const redacted = this.#texts.redact(text)
    return redacted.rules.length === 0 ? value : this.#noted(where, text, redacted)
  }

  /** Bytes are looked at as the text they may be. */
  #bytes(where: string, value: Uint8Array): AttributeValue {
    const text = new TextDecoder().decode(value)
    const redacted = this.#texts.redact(text)
    return redacted.rules.length === 0 ? value : this.#noted(where, text, redacted)
  }

  #noted(where: string, before: string, { text, rules }: RedactedText): string {
    if (rules.length > 0) this.#tally.add(where, before, text, rules)
    return text
  }
}
