/** Reads V8's CPU profiles: where a thread spent its time, by function. */

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** One line per function of the thread whose code is in `file`, by the time spent in itself, most first. */
export function busiestFunctions(folder: string, file: string, count: number): string[] {
  const profile = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile)
    .find(({ nodes }) => nodes.some(({ callFrame }) => callFrame.url.endsWith(file) && callFrame.functionName === ''))
  if (!profile) return [`no profile of ${file}`]

  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const microseconds = new Map<string, number>()
  for (const [index, id] of profile.samples.entries()) {
    const name = nameOf(frames.get(id))
    microseconds.set(name, (microseconds.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0))
  }
  const idle = microseconds.get('(idle)') ?? 0
  microseconds.delete('(idle)')
  const busy = [...microseconds.values()].reduce((sum, each) => sum + each, 0)
  const lines = [...microseconds]
    .sort(([, left], [, right]) => right - left)
    .slice(0, count)
    .map(([name, time]) => `${percent(time / busy)}  ${(time / 1000).toFixed(0).padStart(6)} ms  ${name}`)
  return [`busy ${percent(busy / (busy + idle)).trim()} of the time; of that, in the function itself:`, ...lines]
}

function nameOf(frame: CallFrame | undefined): string {
  if (!frame) return '(unknown)'
  const place = frame.url === '' ? 'native' : `${basename(frame.url)}:${frame.lineNumber + 1}`
  return frame.functionName.startsWith('(') ? frame.functionName : `${frame.functionName || '(top level)'} ${place}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(7)
}
