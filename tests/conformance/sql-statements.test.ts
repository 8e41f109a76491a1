/** Statements of people: what comes back, and that nothing but reading is possible. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runStatement } from '../../src/engine/sql/run-statement.ts'
import { SpanlightError } from '../../src/shared/contract/errors.ts'
import { logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'
import { requestOf, sqlResult } from '../support/sql-result.ts'

let store: ScratchStore
beforeAll(() => {
  store = scratchStore()
  store.send('traces', tracesOf('checkout', [{ id: 1, name: 'POST /orders', attributes: { 'http.route': '/orders' } }]))
  store.send('logs', logsOf('checkout', [{ body: '' }]))
})
afterAll(() => store[Symbol.dispose]())

function failure(query: string): { code: string; message: string; data: unknown } {
  try {
    for (const _event of runStatement(requestOf(store.file, query)));
  } catch (error) {
    if (error instanceof SpanlightError) return { code: error.code, message: error.message, data: error.data }
    throw error
  }
  throw new Error(`it ran: ${query}`)
}

describe('values', () => {
  it('cross exactly, and NULL is no empty text', () => {
    const { rows } = sqlResult(
      store.file,
      `SELECT 9007199254740993, -9223372036854775807 - 1, 5, 5.0, 0.1, 9e999, x'00ff', NULL, '', 'é'`,
    )
    expect(rows).toEqual([
      [
        { integer: '9007199254740993' },
        { integer: '-9223372036854775808' },
        5,
        { real: '5.0' },
        0.1,
        { real: 'Infinity' },
        { hex: '00ff', bytes: 2 },
        null,
        '',
        'é',
      ],
    ])
  })

  it('tell which column they are', () => {
    const { columns, rows } = sqlResult(store.file, `SELECT trace_id, span_id AS id, 1 AS one FROM span`)
    expect(columns).toEqual([
      { name: 'trace_id', origin: { table: 'span', column: 'trace_id' } },
      { name: 'id', origin: { table: 'span', column: 'span_id' } },
      { name: 'one', origin: null },
    ])
    expect(rows).toEqual([[{ hex: traceIdOf(1), bytes: 16 }, { hex: spanIdOf(1), bytes: 8 }, 1]])
  })

  it('reads JSONB, and the views', () => {
    const picked = `SELECT attributes ->> '$."http.route"', json(attributes) FROM span`
    expect(sqlResult(store.file, picked).rows).toEqual([['/orders', '{"http.route":"/orders"}']])
    expect(sqlResult(store.file, 'SELECT name, trace_id FROM spans').rows).toEqual([['POST /orders', traceIdOf(1)]])
    expect(sqlResult(store.file, 'SELECT * FROM traces').rows).toEqual([
      [traceIdOf(1), '2023-11-14T22:13:20.000000000Z', 0.001, 'checkout', 'POST /orders', 1, 0, 1, '["checkout"]'],
    ])
    expect(sqlResult(store.file, 'SELECT body, trace_id FROM logs').rows).toEqual([['', null]])
  })

  it('are cut where they are too long, and say so', () => {
    const query = `SELECT printf('%.*c', 5000, 'x'), zeroblob(5000), '${'😀'.repeat(60)}'`
    const [[text, blob, pairs] = []] = sqlResult(store.file, query, { maxCellBytes: 101 }).rows
    expect(text).toEqual({ text: 'x'.repeat(101), characters: 5000 })
    expect(blob).toEqual({ hex: '00'.repeat(50), bytes: 5000 })
    // Never half a character.
    expect(pairs).toEqual({ text: '😀'.repeat(50), characters: 120 })
  })
})

describe('limits', () => {
  const numbers = 'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c'

  it('stops at the row limit, in pages', () => {
    const { rows, pages, truncated } = sqlResult(store.file, numbers, { maxRows: 2_500 })
    expect({ rows: rows.length, last: rows.at(-1), truncated }).toEqual({
      rows: 2_500,
      last: [2_500],
      truncated: 'rows',
    })
    expect(pages).toBeGreaterThan(2)
  })

  it('says nothing of a limit that was just met', () => {
    expect(sqlResult(store.file, `${numbers} LIMIT 7`, { maxRows: 7 })).toMatchObject({ truncated: null })
  })

  it('stops at the size limit', () => {
    const wide = numbers.replace('SELECT n FROM', `SELECT printf('%.*c', 1000, 'x') FROM`)
    const { rows, truncated } = sqlResult(store.file, wide, { maxBytes: 100_000 })
    expect(truncated).toBe('bytes')
    expect(rows.length).toBe(100)
  })
})

describe('what may run', () => {
  it.each([
    'SELECT 1;',
    ' -- why\n/* and how */ select 1 ; -- end',
    'VALUES (1), (2)',
    'EXPLAIN QUERY PLAN SELECT * FROM span',
    'EXPLAIN SELECT 1',
    'PRAGMA table_info(span)',
    'PRAGMA main.table_xinfo("span")',
    'PRAGMA user_version',
    'SELECT * FROM pragma_table_list',
    'SELECT \'attach; drop\' AS "delete"',
    'WITH x AS (SELECT 1) SELECT * FROM x',
  ])('runs %s', (query) => expect(sqlResult(store.file, query).rows.length).toBeGreaterThan(0))

  const other = (): string => join(dirname(store.file), 'other.db')
  const hostile = [
    'INSERT INTO service (name) VALUES (1)',
    `UPDATE service SET name = 'x'`,
    'DELETE FROM span',
    'WITH x AS (SELECT 1) DELETE FROM span',
    `WITH x AS (SELECT 1) INSERT INTO setting VALUES ('a', 'b') RETURNING key`,
    `INSERT INTO setting VALUES ('a', 'b') RETURNING key`,
    `REPLACE INTO setting VALUES ('a', 'b')`,
    'DROP TABLE span',
    'CREATE TABLE x (a)',
    'CREATE TEMP TABLE x (a)',
    'ALTER TABLE span RENAME TO x',
    'BEGIN',
    'COMMIT',
    'SAVEPOINT x',
    'VACUUM',
    'REINDEX',
    'ANALYZE',
    'DETACH DATABASE main',
    'PRAGMA journal_mode = DELETE',
    'PRAGMA journal_mode',
    'PRAGMA query_only = OFF',
    'PRAGMA query_only(0)',
    'PRAGMA main.user_version = 99',
    'PRAGMA user_version(99)',
    'PRAGMA writable_schema = ON',
    'PRAGMA trusted_schema = ON',
    'PRAGMA wal_checkpoint(TRUNCATE)',
    'PRAGMA optimize',
    'PRAGMA incremental_vacuum',
    'PRAGMA hard_heap_limit = 1',
    'PRAGMA temp_store_directory = "/tmp"',
    'EXPLAIN PRAGMA query_only = OFF',
    'EXPLAIN QUERY PLAN DELETE FROM span',
    `SELECT load_extension('x.so')`,
    `SELECT writefile('x', 'y')`,
    `SELECT readfile('/etc/passwd')`,
    `SELECT edit('x')`,
    `SELECT * FROM pragma_query_only(0)`,
    `SELECT * FROM pragma_journal_mode('delete')`,
    `SELECT fts3_tokenizer('x', x'00')`,
    'SELECT * FROM sqlite_dbpage',
    `INSERT INTO log_text (log_text) VALUES ('optimize')`,
    'SELECT 1; DELETE FROM span',
    'SELECT 1; SELECT 2',
    '; ; DELETE FROM span',
    '',
    '-- nothing',
    '\u0000SELECT 1',
  ]

  it('refuses everything else, and leaves the file as it is, byte for byte', () => {
    const digest = (): string => createHash('sha256').update(readFileSync(store.file)).digest('hex')
    const wal = (): string =>
      createHash('sha256')
        .update(readFileSync(`${store.file}-wal`))
        .digest('hex')
    const before = [digest(), wal(), readdirSync(dirname(store.file)).sort()]
    const escapes = [
      `ATTACH DATABASE '${other()}' AS x`,
      `ATTACH '${store.file}' AS x`,
      `VACUUM INTO '${other()}'`,
      `EXPLAIN VACUUM INTO '${other()}'`,
    ]
    for (const query of [...hostile, ...escapes])
      expect([query, failure(query).code]).toEqual([query, expect.stringMatching(/^BAD_QUERY$/)])
    expect(existsSync(other())).toBe(false)
    expect([digest(), wal(), readdirSync(dirname(store.file)).sort()]).toEqual(before)
  })
})

describe('mistakes', () => {
  it.each([
    ['SELEC 1', 'Near "SELEC": syntax error', 0, 5],
    ['SELECT name FROM spans WHER name = 1', 'Near "name": syntax error', 28, 32],
    ["SELECT ',', name,, kind FROM spans", 'Near ",": syntax error', 17, 18],
    ['SELECT nam FROM spans', 'No such column: nam. Did you mean name?', 7, 10],
    ['SELECT parent FROM spans', 'Did you mean parent_span_id?', 7, 13],
    ['SELECT spans.servce FROM spans', 'No such column: spans.servce. Did you mean service?', 13, 19],
    ['SELECT "tracee_id" FROM spans', 'Did you mean trace_id?', 7, 18],
    ['SELECT /* spas */ * FROM spas', 'No such table: spas. Did you mean span?', 25, 29],
    ['SELECT coun(*) FROM spans', 'No such function: coun. Did you mean count?', 7, 11],
    ['SELECT id FROM span JOIN operation', 'Ambiguous column name: id. Write the table before it', 7, 9],
    ["SELECT 'a", 'A quote is missing at its end', 7, 9],
    ['SELECT name FROM', 'Incomplete input', 16, 16],
    ['SELECT ? ', 'has a parameter', 7, 8],
    ['DROP TABLE span', 'statements can only read', 0, 4],
    ['SELECT 1;\nSELECT 2', 'One statement at a time', 10, 16],
  ])('says what is wrong with %s, and where', (query, said, position, end) => {
    expect(failure(query)).toEqual({
      code: 'BAD_QUERY',
      message: expect.stringContaining(said),
      data: { position, end },
    })
  })

  it.each([
    [`SELECT json('{')`, 'BAD_QUERY'],
    [`SELECT * FROM log_text WHERE log_text MATCH '"'`, 'BAD_QUERY'],
    ['SELECT zeroblob(1900000000)', 'TOO_LARGE'],
    [`SELECT ${'('.repeat(5_000)}1${')'.repeat(5_000)}`, 'BAD_QUERY'],
  ])('fails clearly while it runs: %s', (query, code) => expect(failure(query)).toMatchObject({ code }))

  it('says which file is no database', () => {
    const file = join(dirname(store.file), 'notes.txt')
    writeFileSync(file, 'not a database, but long enough to be taken for one'.repeat(100))
    expect(() => sqlResult(file, 'SELECT * FROM spans')).toThrow(/not a SQLite database/)
    expect(() => sqlResult(`${file}.missing`, 'SELECT 1')).toThrow(/There is no database/)
  })
})
