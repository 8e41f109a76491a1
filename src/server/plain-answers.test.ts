import { StandardRPCJsonSerializer } from '@orpc/client/standard'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { os } from '@orpc/server'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainAnswers } from './plain-answers.ts'

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, Number.NaN, 7n, new Date(1_000))),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any

const overTheWire = (json: unknown): unknown => JSON.parse(JSON.stringify(json) ?? 'null')

test('answers of the socket arrive as they do without the short way', () => {
  const client = new StandardRPCJsonSerializer()
  const arrived = (serializer: StandardRPCJsonSerializer, answer: unknown): unknown => {
    const [json, meta] = serializer.serialize({ answer })
    return client.deserialize(overTheWire(json), overTheWire(meta) as never)
  }
  const short = new StandardRPCJsonSerializer({ customJsonSerializers: plainAnswers })
  fc.assert(
    fc.property(value, (answer) => {
      expect(arrived(short, answer)).toEqual(arrived(client, answer))
    }),
  )
})

test('answers of REST are the same text', async () => {
  const text = async (answer: unknown, customJsonSerializers: typeof plainAnswers): Promise<string | undefined> => {
    const procedure = os.route({ method: 'GET', path: '/answer' }).handler(() => ({ answer }))
    const handler = new OpenAPIHandler({ procedure }, { customJsonSerializers })
    const { response } = await handler.handle(new Request('http://localhost/answer'))
    return response?.text()
  }
  await fc.assert(
    fc.asyncProperty(value, async (answer) => {
      const short = await text(answer, plainAnswers)
      expect(short).toMatch(/^\{/)
      expect(short).toBe(await text(answer, []))
    }),
    { examples: [[[1, null, Number.NaN]], [{ at: new Date(5), of: 3n }]] },
  )
})

test('plain answers are not copied', () => {
  const answer = { rows: [{ p99Ns: null, history: [1, null, 2.5], name: 'GET /orders' }] }
  const [json] = new StandardRPCJsonSerializer({ customJsonSerializers: plainAnswers }).serialize(answer)
  expect((json as { toJSON(): unknown }).toJSON()).toBe(answer)
})
