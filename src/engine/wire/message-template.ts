/** Renders message templates (messagetemplates.org), which serilog's compact format leaves to the reader. */

import { boundedJson } from './json-depth.ts'

type Fields = { readonly [key: string]: unknown }

const hole = /\{\{|\}\}|\{[@$]?([\w.]+)(?:,-?\d+)?(?::[^{}]*)?\}/g

/** Holes without a field stay as they are; formats and alignments are left out. */
export function renderTemplate(template: string, fields: Fields): string {
  return template.replace(hole, (whole: string, name: string | undefined) => {
    if (name === undefined) return whole[0] ?? ''
    if (!Object.hasOwn(fields, name)) return whole
    const value = fields[name]
    return typeof value === 'string' ? value : asText(value)
  })
}

function asText(value: unknown): string {
  return typeof value === 'bigint' ? value.toString() : (boundedJson(value) ?? '…')
}
