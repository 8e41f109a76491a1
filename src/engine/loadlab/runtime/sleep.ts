/** Waits. Times too short for a timer are let pass in a turn of the loop. */

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // A timer of 1 ms takes more than that.
    if (ms < 0.6) setImmediate(resolve)
    else setTimeout(resolve, ms - 0.4)
  })
}
