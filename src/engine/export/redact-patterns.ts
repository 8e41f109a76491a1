/**
 * What is secret in a text whatever it is called. Every expression takes linear time on any input: quantifiers are bounded or
 * their match can't fail once begun, and a look-behind keeps a search from starting again inside a run.
 */

import { isIPv6 } from 'node:net'
import type { RedactionRule } from '#shared/contract/exports.ts'
import { isSecretName } from './redact-names.ts'

/** Part of a text that is replaced. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly rule: string
}

/** Finds what one rule replaces in a text. */
type Finder = (text: string) => Match[]

/** Most texts hold nothing: each rule first asks for the characters it can't do without, which is many times faster. */
export const finders: Readonly<Record<Exclude<RedactionRule, 'sql'>, Finder>> = {
  urls: (text) => [...userinfo(text), ...queryParameters(text)],
  secrets: (text) => [...schemes(text), ...shapes(text), ...assignments(text)],
  emails,
  cards,
  ips,
}

/** Matches of the group named `value`, or of the whole where there is none, that pass the check. */
function find(
  text: string,
  rule: RedactionRule,
  pattern: RegExp,
  accept: (value: string, groups: Readonly<Record<string, string | undefined>>) => boolean = () => true,
): Match[] {
  const matches: Match[] = []
  for (const found of text.matchAll(pattern)) {
    const value = found.groups?.value ?? found[0]
    if (!accept(value, found.groups ?? {})) continue
    // The value is the end of every expression that has more than the value in it.
    const end = found.index + found[0].lastIndexOf(value) + value.length
    matches.push({ start: end - value.length, end, rule })
  }
  return matches
}

/** Nothing the rules look for is without one of these characters, but a credential that stands behind the name of its scheme. */
export function mayHoldSecrets(text: string): boolean {
  return /[@=:\d]|(?:bearer|basic|digest|negotiate|apikey)\s/i.test(text)
}

/** RFC 3986, 3.2.1: before the host, between `//` and `@`; passwords hold an `@` of their own now and then. */
function userinfo(text: string): Match[] {
  if (!text.includes('://')) return []
  return find(text, 'urls', /(?<=:\/\/)[^\s/?#"'<>]{1,256}(?=@)/g)
}

const secretParameters = /^(?:sig|signature|key|code|auth|ticket|x-amz-(?:signature|credential)|x-goog-signature)$/i

function queryParameters(text: string): Match[] {
  if (!text.includes('=') || !/[?&;]/.test(text)) return []
  return find(
    text,
    'urls',
    /[?&;](?<name>[A-Za-z0-9_.~-]{1,64})=(?<value>[^&#;\s"'<>]{1,4096})/g,
    (_value, { name = '' }) => secretParameters.test(name) || isSecretName(name),
  )
}

/** RFC 9110, 11.4: `Authorization: Bearer …`. Words are no credentials, whatever follows "basic". */
function schemes(text: string): Match[] {
  if (!/\s/.test(text)) return []
  return find(
    text,
    'secrets',
    /(?<![\p{L}\p{N}])(?:bearer|basic|digest|negotiate|apikey)\s{1,4}(?<value>[A-Za-z0-9+/=._~-]{8,4096})/giu,
    looksLikeCredential,
  )
}

/** Words have no digits and at most one capital within: `OpenTelemetry`. */
function looksLikeCredential(value: string): boolean {
  return /[0-9=]|[a-z][A-Z].*[a-z][A-Z]/.test(value)
}

const shortestShape = 19
const shaped: readonly RegExp[] = [
  // JSON Web Tokens: the base64 of `{"` is where they begin.
  /(?<![\w-])eyJ[\w-]{5,8192}\.[\w-]{5,8192}(?:\.[\w-]{0,8192})?/g,
  // Keys that tell by their beginning whose they are.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|npm_|xox[abeprs]-|[sr]k_(?:live|test)_|sk-|AIza)[\w-]{16,256}/g,
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END[^-]{0,60}-----)?/g,
]

function shapes(text: string): Match[] {
  if (text.length < shortestShape) return []
  return shaped.flatMap((pattern) => find(text, 'secrets', pattern))
}

const schemeNames = /^(?:bearer|basic|digest|negotiate|apikey)$/i

/** Between a name and its value; quotes of JSON within JSON have a backslash before them. */
const equals = String.raw`\\{0,3}["']?\s{0,3}[:=]\s{0,3}`
const quote = String.raw`\\{0,3}["']`
const cookie = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:set-)?cookie${equals}(?:${quote})?(?<value>[^\r\n"'\\]{1,4096})`,
  'giu',
)
const authorization = new RegExp(
  String.raw`(?<![\p{L}\p{N}])authorization${equals}(?:${quote})?[a-z][\w-]{0,40}\s{1,4}(?<value>[^\s,;"'\\]{8,4096})`,
  'giu',
)
const named = new RegExp(String.raw`(?<![\p{L}\p{N}])(?<name>[\p{L}][\p{L}\p{N}_.-]{0,63})${equals}`, 'giu')
/** Up to the closing quote, or to the end of the line where it was cut off; without quotes, the next word. */
const value = new RegExp(
  String.raw`(?<quote>${quote})(?<quoted>(?:(?!\k<quote>)(?:\\.|[^\r\n\\])){1,4096})|` +
    String.raw`(?:${quote})?(?<bare>[^\s,;&"'(){}[\]<>]{0,1023}[^\s,;&"'(){}[\]<>\\])`,
  'yu',
)

/** `password=…`, `"token": "…"`, and headers, whose values go on to the end of the line. */
function assignments(text: string): Match[] {
  if (!/[:=]/.test(text)) return []
  const matches = [...find(text, 'secrets', cookie), ...find(text, 'secrets', authorization, looksLikeCredential)]
  for (const { 0: found, index, groups } of text.matchAll(named)) {
    if (!isSecretName(groups?.name ?? '')) continue
    value.lastIndex = index + found.length
    const { quoted, bare } = value.exec(text)?.groups ?? {}
    const secret = quoted ?? bare
    if (secret === undefined || schemeNames.test(secret)) continue
    const start = text.indexOf(secret, index + found.length)
    matches.push({ start, end: start + secret.length, rule: 'secrets' })
  }
  return matches
}

function emails(text: string): Match[] {
  if (!text.includes('@') && !text.includes('%40')) return []
  return find(
    text,
    'emails',
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    (value) => /\.\p{L}{2,}$/u.test(value),
  )
}

/** 13 to 19 digits, in groups or not, of a known issuer and with a right check digit (ISO/IEC 7812-1). */
function cards(text: string): Match[] {
  if (!/\d[ -]?\d[ -]?\d[ -]?\d/.test(text)) return []
  return find(text, 'cards', /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])/g, (value) => isCardNumber(value))
}

const issuers: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d{2}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720))\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^6(?:011|5\d{2}|4[4-9]\d)\d{12}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
]

function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '')
  return issuers.some((issuer) => issuer.test(digits)) && luhnSum(digits) % 10 === 0
}

function luhnSum(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const weighted = index % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum
}

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
// Not `Chrome/120.0.0.0`, not `v1.2.3.4`; but what Java writes: `db.example.org/10.2.3.4`, `db/10.2.3.4:5432`.
const noProduct = '(?:(?<![A-Za-z]/)|(?<=\\.[A-Za-z]{2,24}/)|(?=[\\d.]{7,15}:\\d))'
const ipv4 = new RegExp(`(?<![\\w.-])${noProduct}(?:${octet}\\.){3}${octet}(?![\\w-]|\\.\\d)`, 'g')
const ipv6 = /(?<![\w:.])[0-9A-Fa-f:]{3,39}(?:\.\d{1,3}){0,3}(?![\w:])/g

/** Addresses of this machine itself say nothing of anybody. */
function ips(text: string): Match[] {
  if (!text.includes('.') && !text.includes(':')) return []
  return [
    ...find(text, 'ips', ipv4, (value) => !value.startsWith('127.') && value !== '0.0.0.0'),
    ...find(
      text,
      'ips',
      ipv6,
      // Without a digit it is as likely a name of a program: `add::bad`.
      (value) => /\d/.test(value) && value.includes(':') && isIPv6(value) && value !== '::1',
    ),
  ]
}
