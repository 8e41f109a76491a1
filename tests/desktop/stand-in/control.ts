/** The tests' way in: code of theirs runs in main beside the app's, as Playwright does it with Electron itself. */

import { startedChromium } from './chromium.ts'
import * as electron from './electron.ts'
import { journal } from './journal.ts'
import { observers } from './web-contents.ts'

export type ToStandIn =
  | { readonly type: 'evaluate'; readonly id: number; readonly code: string; readonly argument: unknown }
  /** Nothing is missed any more. */
  | { readonly type: 'watching' }

export type FromStandIn =
  | { readonly type: 'browser'; readonly endpoint: string }
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string }

/** Without tests, started by hand, the app just runs. */
export function answerTests(): void {
  if (process.send === undefined) return
  const send = (message: FromStandIn): void => void process.send?.(message, () => undefined)
  const watching = Promise.withResolvers<void>()
  observers.mayLoad = watching.promise
  process.on('message', (message: ToStandIn) => {
    if (message.type === 'watching') watching.resolve()
    else
      evaluate(message.code, message.argument).then(
        (value) => send({ type: 'value', id: message.id, value }),
        (error: unknown) => send({ type: 'error', id: message.id, message: String(error) }),
      )
  })
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit(1))
  void startedChromium.then(({ endpoint }) => send({ type: 'browser', endpoint }))
}

async function evaluate(code: string, argument: unknown): Promise<unknown> {
  // The text of a function, as `electronApp.evaluate` takes it.
  const run = new Function(`return (${code})`)() as (electron: unknown, argument: unknown) => unknown
  return await run({ ...electron, journal }, argument)
}
