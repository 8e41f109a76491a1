/** Turns are taken in order, and whoever waited too long gives up its place. */

import { expect, it } from 'vitest'
import { Semaphore } from './semaphore.ts'

it('lets so many in, and the others in their order', async () => {
  const semaphore = new Semaphore(2)
  expect([await semaphore.acquire(), await semaphore.acquire()]).toEqual([true, true])
  const order: number[] = []
  const third = semaphore.acquire().then(() => order.push(3))
  const fourth = semaphore.acquire().then(() => order.push(4))
  expect([semaphore.used, semaphore.waiting]).toEqual([2, 2])
  semaphore.release()
  semaphore.release()
  await Promise.all([third, fourth])
  expect(order).toEqual([3, 4])
  semaphore.release()
  semaphore.release()
  expect([semaphore.used, semaphore.waiting]).toEqual([0, 0])
})

it('gives up after its time, and passes the turn to the next', async () => {
  const semaphore = new Semaphore(1)
  await semaphore.acquire()
  const impatient = semaphore.acquire(5)
  const patient = semaphore.acquire()
  expect(await impatient).toBe(false)
  semaphore.release()
  expect(await patient).toBe(true)
  expect([semaphore.used, semaphore.waiting]).toEqual([1, 0])
})
