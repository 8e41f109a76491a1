/** Text of any length and alphabet is read back as it was written. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unpack } from '#shared/model/jsonb.ts'
import { RejectedRecord } from './decode-error.ts'
import { JsonbWriter } from './jsonb-writer.ts'

/** Around the length below which text is copied in a loop, and beyond the size of a chunk. */
const lengths = fc.constantFrom(0, 1, 11, 12, 23, 24, 25, 26, 255, 256, 300_000)
const letters = fc.constantFrom('a', 'z ', 'é', '€', '𝄞', '"\\\n')
const texts = fc
  .array(fc.tuple(lengths, letters), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([length, letter]) => letter.repeat(length)))

test('texts of one list are those that were written', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.array(fc.string({ unit: 'grapheme' }))), (values) => {
      const writer = new JsonbWriter(16)
      writer.begin()
      const list = writer.openContainer()
      for (const value of values) writer.text(value)
      writer.closeArray(list)
      expect(unpack(writer.take())).toEqual(values)
    }),
  )
})

test('lone surrogates are refused, and what was written before stays', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (before, after) => {
      const writer = new JsonbWriter(16)
      writer.begin()
      const list = writer.openContainer()
      writer.text('kept')
      const mark = writer.mark()
      expect(() => writer.text(`${'a'.repeat(before)}\ud800${'b'.repeat(after)}`)).toThrow(RejectedRecord)
      writer.rewind(mark)
      writer.closeArray(list)
      expect(unpack(writer.take())).toEqual(['kept'])
    }),
  )
})
