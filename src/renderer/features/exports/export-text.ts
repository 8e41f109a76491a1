/** What the export dialog says of an export, in words. */

import type { ExportCounts, ExportPreview, ExportProgress } from '#shared/contract/exports.ts'

import { formatBytes, formatCount, formatQuantity } from '../../ui/format.ts'

export function countsText({ traces, spans, logs, points }: ExportCounts): string {
  const parts = [
    traces > 0 && spans > 0 ? formatQuantity(traces, 'trace') : undefined,
    spans > 0 ? formatQuantity(spans, 'span') : undefined,
    logs > 0 ? formatQuantity(logs, 'log record') : undefined,
    points > 0 ? formatQuantity(points, 'point') : undefined,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? 'Nothing' : parts.join(' · ')
}

/** `412 traces · 6,120 spans, about 3.4 MB`. */
export function previewText({ counts, complete, bytes }: ExportPreview): string {
  const size = bytes === null ? '' : `, about ${formatBytes(bytes)}`
  return `${complete ? '' : 'More than '}${countsText(counts)}${complete ? size : ''}`
}

const ruleNames: Readonly<Record<string, string>> = {
  secrets: 'Tokens and passwords',
  emails: 'E-mail addresses',
  cards: 'Card numbers',
  ips: 'IP addresses',
  sql: 'Literals in statements',
  urls: 'Secrets in URLs',
  names: 'Attributes by name',
  patterns: 'Words by pattern',
}

export function ruleName(rule: string): string {
  return ruleNames[rule] ?? rule
}

/** What redaction would do, from the records looked at. */
export function foundText({ counts, redaction: { found, looked } }: ExportPreview): string {
  const values = found.reduce((sum, { count }) => sum + count, 0)
  const isAll = looked >= counts.spans + counts.logs + counts.points
  const records = `${isAll ? 'all' : 'the first'} ${formatQuantity(looked, 'record')}`
  if (values === 0) return `Nothing secret was found in ${records}.`
  return `${formatQuantity(values, 'value')} would be replaced in ${records}.`
}

export function progressText({ counts, bytes }: ExportProgress): string {
  return `${countsText(counts)}, ${formatBytes(bytes)}`
}

export function doneText(fileName: string, { counts, bytes, redacted }: ExportProgress): string {
  const replaced = redacted === 0 ? 'nothing was replaced' : `${formatCount(redacted)} values were replaced`
  return `${fileName} has ${countsText(counts)} in ${formatBytes(bytes)}; ${replaced}.`
}
