/** `npm run dev`: the engine from source, restarted when it changes, and the renderer with hot reload. */

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, watchFile } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'vite'

const readyFile = join(
  tmpdir(),
  `spanlight-dev-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 8)}.json`,
)

interface Ready {
  readonly ui: string
  readonly token: string
}

function readReady(): Ready | undefined {
  return existsSync(readyFile) ? (JSON.parse(readFileSync(readyFile, 'utf8')) as Ready) : undefined
}

if (!existsSync('out/renderer/index.html')) await import('./build.ts')

const engine = spawn(
  process.execPath,
  [
    '--watch-path=src/engine',
    '--watch-path=src/server',
    '--watch-path=src/cli',
    '--watch-path=src/shared',
    '--watch-preserve-output',
    'src/cli/index.ts',
    'serve',
    '--no-open',
    '--ready-file',
    readyFile,
    ...process.argv.slice(3),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)

let server: Awaited<ReturnType<typeof createServer>> | undefined

/** Each start of the engine has a new token, which the proxy must know. */
async function serveRenderer({ ui, token }: Ready): Promise<void> {
  process.env.SPANLIGHT_URL = new URL(ui).origin
  process.env.SPANLIGHT_TOKEN = token
  await server?.close()
  server = await createServer({ configFile: 'vite.config.ts' })
  await server.listen()
  server.printUrls()
}

watchFile(readyFile, { interval: 200 }, () => {
  const ready = readReady()
  if (ready) void serveRenderer(ready)
})

const stop = (): void => {
  engine.kill('SIGTERM')
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
engine.on('exit', () => process.exit(1))
