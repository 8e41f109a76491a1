/** Watches the process it runs in from a thread of its own, and kills it where it grows too large or was left alone. */

/** What a large sort takes; SQLite's own heap limit doesn't count in this build. */
export const sqlMemoryBytes = 1024 ** 3
/** An idle process takes 60 MiB; SQLite fills memory with about 1 GiB a second. */
const watchMs = 50

export function watchOwnProcess(memoryBytes: number): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryBytes || process.ppid !== parent || !isAlive(parent)) {
      process.kill(process.pid, 'SIGKILL')
    }
  }, watchMs)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
