/** Results as text for other programs. */

import { describe, expect, it } from 'vitest'
import type { SqlRow } from './sql.ts'
import { type SqlFormat, sqlText } from './sql-formats.ts'

const columns = ['a', 'b|c', 'a'].map((name) => ({ name, origin: null }))
const rows: SqlRow[] = [
  [null, '', { integer: '9007199254740993' }],
  [{ real: '5.0' }, 'x,"y"\n<z|>', { hex: '00ff', bytes: 2 }],
  [{ real: 'Infinity' }, 1.5, { text: 'cut', characters: 900 }],
]
const write = (format: SqlFormat, some = rows): string => {
  const text = sqlText(format, columns)
  return text.head + some.map((row) => text.rows([row])).join('') + text.tail
}

describe('JSON', () => {
  it('is an array of objects with exact numbers, whatever the pages', () => {
    expect(write('json')).toBe(
      '[\n{"a":null,"b|c":"","a_2":9007199254740993},\n' +
        '{"a":5.0,"b|c":"x,\\"y\\"\\n<z|>","a_2":"00ff"},\n' +
        '{"a":"Infinity","b|c":1.5,"a_2":"cut…"}\n]\n',
    )
    expect(JSON.parse(write('json', []))).toEqual([])
  })

  it('comes in lines too', () => {
    expect(
      write('jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toHaveLength(3)
    expect(write('jsonl', [])).toBe('')
  })
})

it('tells NULL from an empty text in CSV, and quotes what must be', () => {
  expect(write('csv')).toBe('a,b|c,a\r\n,"",9007199254740993\r\n5.0,"x,""y""\n<z|>",00ff\r\nInfinity,1.5,cut…\r\n')
})

it('writes no formula into CSV, and numbers as they are', () => {
  const cells: SqlRow = ['=cmd()', { text: '@SUM(A1)', characters: 900 }, { real: '-Infinity' }]
  expect(write('csv', [cells, ['-5', -5, { integer: '-9007199254740993' }]])).toBe(
    "a,b|c,a\r\n'=cmd(),'@SUM(A1)…,-Infinity\r\n-5,-5,-9007199254740993\r\n",
  )
})

it('keeps a Markdown table whole', () => {
  expect(write('markdown').split('\n').slice(0, 4)).toEqual([
    '| a | b\\|c | a |',
    '| --- | --- | --- |',
    '| NULL |  | 9007199254740993 |',
    '| 5.0 | x,"y"<br>&lt;z\\|> | 00ff |',
  ])
})
