import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRedaction, redactionRules } from '#shared/contract/exports.ts'
import { looksLikeSql } from './redact-sql.ts'
import { TextRedactor } from './redact-text.ts'

const key = new Uint8Array(32).fill(7)
const redactor = new TextRedactor(defaultRedaction, key)

/** Pseudonyms without their digits. */
const shown = (text: string): string => text.replaceAll(/\[(\w+):[0-9a-f]{10}\]/g, '<$1>')
const redact = (text: string): string => shown(redactor.redact(text).text)
const statement = (text: string): string => shown(redactor.redactStatement(text).text)

describe('a text', () => {
  it.each([
    ['mail bob@example.com, please', 'mail <email>, please'],
    ['jörg.müller+x@bücher.example.de', '<email>'],
    ['a@b, @everyone, git@host', 'a@b, @everyone, git@host'],
    ['card 4111 1111 1111 1111 declined', 'card <card> declined'],
    ['card 4111-1111-1111-1112 declined', 'card 4111-1111-1111-1112 declined'],
    ['order 1234567890123456', 'order 1234567890123456'],
    ['client=203.0.113.9:443', 'client=<ip>:443'],
    ['from 2001:db8::1 and fe80::1ff:fe23:4567:890a', 'from <ip> and <ip>'],
    ['on 127.0.0.1, ::1, 0.0.0.0 at 12:34:56', 'on 127.0.0.1, ::1, 0.0.0.0 at 12:34:56'],
    ['Chrome/120.0.0.0 v1.2.3.4 std::vector add::bad', 'Chrome/120.0.0.0 v1.2.3.4 std::vector add::bad'],
    ['https://bob:hunter2@example.com/x', 'https://<secret>@example.com/x'],
    ['GET /cb?code=abc123&state=7&q=tea', 'GET /cb?code=<secret>&state=7&q=tea'],
    ['https://s3/x?X-Amz-Signature=deadbeef&page=2', 'https://s3/x?X-Amz-Signature=<secret>&page=2'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer <secret>'],
    ['basic information about tokens', 'basic information about tokens'],
    ['password=hunter2 user=bob', 'password=<secret> user=bob'],
    ['{"apiKey": "k-1", "name": "x"}', '{"apiKey": "<secret>", "name": "x"}'],
    ['Cookie: a=1; session=2\nHost: x', 'Cookie: <secret>\nHost: x'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_1', '<secret>'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key <secret> used'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n1=\n-----END RSA PRIVATE KEY----- after', '<secret> after'],
    [
      "SELECT * FROM users WHERE mail = 'bob@example.com' AND id = 42",
      "SELECT * FROM users WHERE mail = '<email>' AND id = <sql>",
    ],
    ['select the best from 3 teas', 'select the best from <sql> teas'],
    ["INSERT INTO users (name) VALUES ('Alice Smith')", "INSERT INTO users (name) VALUES ('<sql>')"],
    ['refused: db.example.org/10.2.3.4, db/10.2.3.4:5432', 'refused: db.example.org/<ip>, db/<ip>:5432'],
    ['/sign-in?mail=bob%40example.com', '/sign-in?mail=<email>'],
    ['postgres://bob:hunter@2@db/shop', 'postgres://<secret>@db/shop'],
    ['sent Basic dXNlcjpwYXNz', 'sent Basic <secret>'],
    ['Authorization: Token 9944b09199c62bcf', 'Authorization: <secret> <secret>'],
    ['password="correct horse (battery)" user=bob', 'password="<secret>" user=bob'],
    [`secret='it\\'s mine' ok`, `secret='<secret>' ok`],
    [
      String.raw`{"body":"{\"password\":\"two words\",\"n\":1}"}`,
      String.raw`{"body":"{\"password\":\"<secret>\",\"n\":1}"}`,
    ],
    ['token="never closed', 'token="<secret>'],
    ['user=token=abc', 'user=token=<secret>'],
    ['12 of 100 items in 38 ms', '12 of 100 items in 38 ms'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it('has the same pseudonym for equal values, another for others, and none of another export', () => {
    const first = redactor.redact('a@example.com b@example.com a@example.com').text.split(' ')
    expect(first[0]).toBe(first[2])
    expect(first[0]).not.toBe(first[1])
    const other = new TextRedactor(defaultRedaction, new Uint8Array(32).fill(8))
    expect(other.redact('a@example.com').text).not.toBe(first[0])
  })

  it('loses words that are like a pattern of one’s own, each as a whole', () => {
    const own = new TextRedactor({ rules: [], names: [], patterns: ['cust_*', '*-SECRET-*'] }, key)
    expect(shown(own.redact('id=cust_77, a-secret-b (CUST_1) xcust_2 custom').text)).toBe(
      'id=<redacted>, <redacted> (<redacted>) xcust_2 custom',
    )
  })

  it('keeps its addresses where it is a version', () => {
    expect(redactor.redact('10.2.3.4', true).text).toBe('10.2.3.4')
  })

  it('is left alone by rules that are off', () => {
    const off = new TextRedactor({ rules: [], names: [], patterns: [] }, key)
    expect(off.redact('bob@example.com 10.1.2.3 password=x').text).toBe('bob@example.com 10.1.2.3 password=x')
  })
})

describe('a statement', () => {
  it.each([
    [
      "SELECT a FROM t WHERE s = 'it''s' AND n IN (1, 2.5e3) -- 7",
      "SELECT a FROM t WHERE s = '<sql>' AND n IN (<sql>, <sql>) -- 7",
    ],
    [
      'SELECT "Name", `x` FROM t1 WHERE a = $1 AND b = :b AND c = ? AND d = @d2',
      'SELECT "Name", `x` FROM t1 WHERE a = $1 AND b = :b AND c = ? AND d = @d2',
    ],
    ['UPDATE t SET x = "a b" /* 5 */', 'UPDATE t SET x = "<sql>" /* 5 */'],
    ["SELECT $tag$ it's $tag$", 'SELECT $tag$<sql>$tag$'],
    ["SELECT 'never closed", "SELECT '<sql>"],
    [
      '{"find": "users", "filter": {"name": "bob", "age": 5}}',
      '{"find": "<sql>", "filter": {"name": "<sql>", "age": <sql>}}',
    ],
    ['GET cart', 'GET cart'],
  ])('%s', (text, expected) => {
    expect(statement(text)).toBe(expected)
  })
})

describe('any text', () => {
  const secrets = fc.constantFrom(
    'bob@example.com',
    '4111111111111111',
    '203.0.113.77',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig',
  )
  const around = fc.string({ unit: fc.constantFrom(...' ,;()<>"\'\n') })

  it('never lets a secret through, whatever stands around it', () => {
    fc.assert(
      fc.property(around, secrets, around, (before, secret, after) => {
        expect(redactor.redact(`${before} ${secret} ${after}`).text).not.toContain(secret)
      }),
    )
  })

  it('without digits, colons, equals and at signs is the same text, unless it is a statement', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll(/[\d:=@]/g, '')
        expect(redactor.redact(plain)).toEqual({ text: plain, rules: [] })
      }),
    )
  })

  it('takes time in proportion to its length', () => {
    const hostile = [
      'a',
      '1',
      '1 ',
      'a.',
      'a@',
      'a@a.',
      '://',
      '?a=',
      'x="',
      'eyJ-',
      '-----BEGIN PRIVATE KEY-----',
      "'",
      '$$',
      '/*',
      'f:',
      '1.',
      'cookie:',
      'token=',
      'token="',
      'token=\\"\\',
      'a%40',
      'a.bc/1.2.3.4',
      'authorization: a ',
    ]
    for (const unit of hostile) {
      const time = (length: number): number => {
        const text = unit.repeat(length / unit.length)
        const before = process.threadCpuUsage()
        redactor.redact(text)
        redactor.redactStatement(text)
        // Of this thread's own work: what else the machine does is not in it.
        const { user, system } = process.threadCpuUsage(before)
        return (user + system) / 1000
      }
      time(10_000)
      // Quadratic time would be a hundred times as long.
      expect(time(200_000), unit).toBeLessThan(40 * Math.max(time(20_000), 5))
    }
  })
})

it('statements are recognised by how they begin', () => {
  for (const text of ['SELECT 1 FROM t', ' insert into t values (1)', 'UPDATE t SET a = 1', 'DELETE FROM t'])
    expect(looksLikeSql(text)).toBe(true)
  for (const text of ['selected 3 items', 'update failed', 'GET /from', '']) expect(looksLikeSql(text)).toBe(false)
})

it('every rule finds something of its own', () => {
  const examples = {
    secrets: 'password=x1',
    emails: 'a@example.com',
    cards: '4111111111111111',
    ips: '203.0.113.1',
    sql: 'SELECT 1 FROM t',
    urls: 'http://u:p@h/',
  }
  for (const rule of redactionRules) {
    const only = new TextRedactor({ rules: [rule], names: [], patterns: [] }, key)
    expect(only.redact(examples[rule]).rules).toEqual([rule])
  }
})
