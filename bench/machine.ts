/** What a figure was measured on, and what a process took from the machine. */

import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

const mebibyte = 1024 * 1024
/** Linux counts a process's time in hundredths of a second. */
const ticksPerSecond = 100

/** One line: processor, memory, system, Node, and how busy it is already. */
export function machineFacts(): string {
  const processors = cpus()
  const memory = `${Math.round(totalmem() / mebibyte / 1024)} GiB`
  const load = loadavg()[0]?.toFixed(2)
  return `${processors.length} × ${processors[0]?.model.trim()}, ${memory}, ${type()} ${release()}, Node ${process.versions.node}, load ${load}`
}

/** The command as it was typed, to be repeated. */
export function commandLine(name: string, args: readonly string[]): string {
  return ['npm run bench --', name, ...args].join(' ')
}

/** Seconds of processor time, user and system; undefined where there is no /proc. */
export function cpuSecondsOf(pid: number): number | undefined {
  const stat = readProc(pid, 'stat')
  if (stat === undefined) return undefined
  // The name in parentheses may hold spaces; the fields after it are numbered from 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Seconds of processor time of everything on the machine since it was started; undefined where there is no /proc. */
export function busySeconds(): number | undefined {
  try {
    const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split(/\s+/).map(Number)
    return ((user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0)) / ticksPerSecond
  } catch {
    return undefined
  }
}

/** The most memory the process ever had resident, in MiB; undefined where there is no /proc. */
export function peakResidentMiB(pid: number): number | undefined {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readProc(pid, 'status') ?? '')?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}

/** The value below which `share` of the sorted `values` lie, by nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
