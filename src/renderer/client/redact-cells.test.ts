import { expect, it } from 'vitest'
import { type NamedText, redactCells } from './redact-cells.ts'

/** Marks every text that it was asked about. */
function engine() {
  const asked: (readonly NamedText[])[] = []
  return {
    asked,
    ask: async (cells: readonly NamedText[]) => {
      asked.push(cells)
      return cells.map(({ name, text }) => `${name}<${text}>`)
    },
  }
}

it('asks once for equal cells of a column, and gives all of them back in their order', async () => {
  const { asked, ask } = engine()
  const cells = ['x', 'y', 'x', ''].flatMap((text) => [
    { name: 'a', text },
    { name: 'b', text },
  ])
  expect(await redactCells(cells, ask)).toEqual(['a<x>', 'b<x>', 'a<y>', 'b<y>', 'a<x>', 'b<x>', '', ''])
  expect(asked.map(({ length }) => length)).toEqual([4])
})

it('keeps every request below what a message may have', async () => {
  const { asked, ask } = engine()
  const many = Array.from({ length: 12_000 }, (_, index) => ({ name: 'n', text: `${index}` }))
  const large = Array.from({ length: 8 }, (_, index) => ({ name: 'n', text: `${index}${'\u0001'.repeat(60_000)}` }))
  const texts = await redactCells([...many, ...large], ask)
  expect(texts[11_999]).toBe('n<11999>')
  expect(texts.at(-1)?.startsWith('n<7')).toBe(true)
  for (const cells of asked) expect(JSON.stringify({ cells }).length).toBeLessThan(1_000_000)
})

it('cuts a text that is too long at a blank, and loses nothing of it, equal pieces included', async () => {
  const { asked, ask } = engine()
  const text = `${'x'.repeat(50_000)} ${'y'.repeat(50_000)}\n${'z'.repeat(150_000)}`
  const [redacted = ''] = await redactCells([{ name: 'n', text }], ask)
  expect(redacted.replaceAll(/n<|>/g, '')).toBe(text)
  expect(asked.flat().map((cell) => cell.text.length)).toEqual([50_001, 50_001, 65_536, 18_928])
})

it('gives nothing when it can not be asked', async () => {
  await expect(redactCells([{ name: 'n', text: 'x' }], () => Promise.reject(new Error('away')))).rejects.toThrow('away')
})
