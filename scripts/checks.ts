/** The gate's checks, each with the least number of files it must have read: a check that reads nothing passes anything. */

import { spawnSync } from 'node:child_process'

export interface CheckResult {
  readonly ok: boolean
  readonly files: number
  readonly output: string
}

export interface Check {
  readonly name: string
  readonly floor: number
  run(): CheckResult
}

function run(command: string, args: readonly string[]): { status: number; output: string; stdout: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  return { status: status ?? 1, stdout, output: `${stdout}${stderr}` }
}

/** The compiler lists every file of a program; ours are those outside node_modules. */
function types(environment: string, floor: number): Check {
  return {
    name: `types (${environment})`,
    floor,
    run: () => {
      const { status, output } = run('tsc', ['-p', `tsconfig.${environment}.json`, '--listFiles'])
      const lines = output.split('\n')
      const isFile = (line: string): boolean => /\.(d\.)?(ts|tsx|mts|cts)$/.test(line.trim())
      return {
        ok: status === 0,
        files: lines.filter((line) => isFile(line) && !line.includes('node_modules')).length,
        output: lines.filter((line) => !isFile(line)).join('\n'),
      }
    },
  }
}

const style: Check = {
  name: 'Biome',
  floor: 150,
  run: () => {
    const { status, output } = run('biome', ['check', '--error-on-warnings'])
    return { ok: status === 0, files: Number(/Checked (\d+) files/.exec(output)?.[1] ?? 0), output }
  },
}

const imports: Check = {
  name: 'import rules and cycles',
  floor: 150,
  run: () => {
    const { status, output } = run('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'src'])
    return { ok: status === 0, files: Number(/(\d+) modules/.exec(output)?.[1] ?? 0), output }
  },
}

const unused: Check = {
  name: 'unused files, exports and packages (knip)',
  floor: 100,
  run: () => {
    const { status, output } = run('knip', ['--no-progress', '--performance'])
    const readCount = /readFile\D+(\d+)/.exec(output)?.[1] ?? /parse\w*\s+\D*(\d+)/i.exec(output)?.[1]
    return { ok: status === 0, files: Number(readCount ?? 0), output }
  },
}

export const checks: readonly Check[] = [
  types('anywhere', 15),
  types('node', 60),
  types('electron', 10),
  types('web', 80),
  style,
  imports,
  unused,
]
