/** How fast files are imported by `spanlight import`, and whether memory stays flat when they grow. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { type ImportFormat, importFormats, writeImportFile } from './import-files.ts'
import { commandLine, machineFacts, peakResidentMiB } from './machine.ts'

const mebibyte = 1024 * 1024
const growth = 5
const peakIntervalMs = 50

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spans: { type: 'string', default: '200000' },
      format: { type: 'string', multiple: true, default: [...importFormats] },
      'cpu-profile': { type: 'string' },
    },
  })
  const spans = Number(values.spans)
  const formats = importFormats.filter((format) => values.format.includes(format))
  if (!(spans >= 1) || formats.length === 0) throw new Error(`--spans is a number, --format of ${importFormats}`)
  console.log(`${commandLine('import', args)}\n${machineFacts()}\n`)
  console.log('format  spans      MiB    seconds  spans/s  MiB/s  peak resident MiB')
  for (const format of formats) {
    for (const size of [spans, spans * growth]) await measure(format, size, values['cpu-profile'])
  }
}

async function measure(format: ImportFormat, size: number, profileDir: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  try {
    const file = join(folder, `spans.${format}`)
    const spans = await writeImportFile(file, format, size)
    const bytes = statSync(file).size
    const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
    const child = spawn(
      process.execPath,
      [...profile, 'out/node/cli.js', 'import', file, '--db', join(folder, 'a.db'), '--json'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    let peakMiB = 0
    const watch = setInterval(() => {
      peakMiB = Math.max(peakMiB, peakResidentMiB(child.pid ?? 0) ?? 0)
    }, peakIntervalMs)
    const began = performance.now()
    const [reports] = await Promise.all([text(child.stdout), once(child, 'exit')])
    clearInterval(watch)
    const seconds = (performance.now() - began) / 1000
    const stored = (JSON.parse(reports) as { stored: { spans: number } }[])[0]?.stored.spans
    if (stored !== spans) throw new Error(`${stored} of ${spans} spans were stored`)
    const columns = [
      format.padEnd(7),
      spans.toLocaleString('en').padStart(9),
      (bytes / mebibyte).toFixed(0).padStart(7),
      seconds.toFixed(1).padStart(9),
      Math.round(spans / seconds)
        .toLocaleString('en')
        .padStart(9),
      (bytes / mebibyte / seconds).toFixed(1).padStart(6),
      peakMiB.toFixed(0).padStart(8),
    ]
    console.log(columns.join(' '))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
