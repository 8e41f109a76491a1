import { expect, test } from 'vitest'
import { type Opened, OpenedQueue } from './opened.ts'

test('what came early waits, and what comes later is answered at once', () => {
  const queue = new OpenedQueue()
  const answered: Opened[] = []
  queue.add({ links: ['a'] })
  queue.add({ files: ['/x'] })
  queue.answerWith((opened) => answered.push(opened))
  expect(answered).toEqual([{ links: ['a'], files: ['/x'] }])
  queue.add({ links: ['b'] })
  queue.add({})
  expect(answered.slice(1)).toEqual([{ links: ['b'], files: [] }])
})
