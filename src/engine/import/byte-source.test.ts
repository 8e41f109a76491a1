import { afterEach, expect, it, vi } from 'vitest'
import { ByteReader } from './byte-source.ts'

async function* chunks(count: number, bytes: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(bytes, index % 256)
}

afterEach(() => vi.restoreAllMocks())

it('copies a message that comes in many chunks once, not once for each chunk', async () => {
  const join = vi.spyOn(Buffer, 'concat')
  const message = await new ByteReader(chunks(1_000, 1_024)).take(1_000_000)
  expect(message?.at(-1)).toBe(Math.floor(999_999 / 1_024) % 256)
  const copied = join.mock.results.reduce((sum, { value }) => sum + (value as Buffer).length, 0)
  expect(copied).toBeLessThan(2_000_000)
})

it('takes nothing where less is left than was asked for, and leaves it there', async () => {
  const reader = new ByteReader(chunks(3, 2))
  expect(await reader.take(4)).toEqual(Buffer.from([0, 0, 1, 1]))
  expect(await reader.take(3)).toBeUndefined()
  reader.giveBack(Buffer.from([9]))
  expect(await reader.take(3)).toEqual(Buffer.from([9, 2, 2]))
  expect(await reader.some(5)).toBeUndefined()
})
