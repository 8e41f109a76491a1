/** When to stop: on a signal, when the wrapper process vanishes, or when the engine dies. */

/** Longer than a clean stop ever takes; then stop anyway. */
const shutdownLimitMs = 4_500

/** Runs `stop` once at the first request to stop and exits 0 after it; exits 1 when the engine died by itself. */
export function stopOnRequest(stop: () => Promise<void>, died: Promise<Error>): void {
  let stopping = false
  const end = (code: number): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(code), shutdownLimitMs).unref()
    stop()
      .catch((error: unknown) => console.error('spanlight: while stopping:', error))
      .finally(() => process.exit(code))
  }
  // A terminal's Ctrl+C reaches this process and its wrapper, which passes it on: the second one is no news.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  process.on('disconnect', () => end(0))
  void died.then((error) => {
    console.error('spanlight: the engine died:', error)
    end(1)
  })
}
