/** Quitting waits for the engine: what was admitted is committed and the database closed before the app is gone. */

import { app } from 'electron'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** `drain` must end by itself. */
export function drainBeforeQuit(drain: () => Promise<void>): void {
  let progress: 'running' | 'draining' | 'drained' = 'running'
  for (const signal of signals) process.on(signal, () => app.quit())
  app.on('before-quit', (event) => {
    if (progress === 'drained') return
    event.preventDefault()
    if (progress === 'draining') return
    progress = 'draining'
    void drain().finally(() => {
      progress = 'drained'
      app.quit()
    })
  })
}
