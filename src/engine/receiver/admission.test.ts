import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '#shared/model/outcome.ts'
import { Admission } from './admission.ts'

const committed: Outcome = { kind: 'committed', rejected: 0, message: '' }
const mebibyte = 1024 * 1024

/** Work that ends when told to. */
function pending(): { work: () => Promise<Outcome>; finish: () => void } {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  return { work: () => promise, finish: () => resolve(committed) }
}

describe('admission', () => {
  it('asks senders to come back while too many bytes wait, and lets them in again', async () => {
    const admission = new Admission()
    const [first, second] = [pending(), pending()]
    const done = [admission.admit(50 * mebibyte, first.work), admission.admit(45 * mebibyte, second.work)]
    expect(await admission.admit(3 * mebibyte, async () => committed)).toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: expect.any(Number),
    })
    expect(await admission.admit(mebibyte, async () => committed)).toEqual(committed)
    first.finish()
    await done[0]
    expect(await admission.admit(50 * mebibyte, async () => committed)).toEqual(committed)
    second.finish()
    await Promise.all(done)
    expect(admission.queue).toMatchObject({ requests: 0, bytes: 0 })
  })

  it('lets a single request in whatever its size', async () => {
    expect(await new Admission().admit(1024 * mebibyte, async () => committed)).toEqual(committed)
  })

  it('bounds how many wait, however small', async () => {
    const admission = new Admission()
    const waiting = Array.from({ length: 2_000 }, () => pending())
    const done = waiting.map(({ work }) => admission.admit(0, work))
    expect(await admission.admit(0, async () => committed)).toMatchObject({ kind: 'unavailable' })
    for (const { finish } of waiting) finish()
    await Promise.all(done)
    expect(await admission.admit(0, async () => committed)).toEqual(committed)
  })

  it('gives room back whether work succeeds or fails', async () => {
    const admission = new Admission()
    const works = fc.array(fc.record({ bytes: fc.nat(mebibyte), fails: fc.boolean() }))
    await fc.assert(
      fc.asyncProperty(works, async (all) => {
        await Promise.allSettled(
          all.map(({ bytes, fails }) =>
            admission.admit(bytes, () => (fails ? Promise.reject(new Error('no')) : Promise.resolve(committed))),
          ),
        )
        expect(admission.queue).toMatchObject({ requests: 0, bytes: 0 })
      }),
      { numRuns: 50 },
    )
  })
})

describe('room for bodies that are being received', () => {
  it('is taken until it is full, and comes back', () => {
    const admission = new Admission()
    const part = 64 * 1024 * 1024
    expect([admission.reserve(part), admission.reserve(part), admission.reserve(1)]).toEqual([true, true, false])
    admission.release(part)
    expect(admission.reserve(1)).toBe(true)
  })
})
