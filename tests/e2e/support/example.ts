/** Runs one of the examples as their README says. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Example {
  /** What it prints as the URL to call. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts `examples/node-checkout` so that it sends to `endpoint`. */
export async function startCheckoutExample(endpoint: string): Promise<Example> {
  const script = fileURLToPath(new URL('../../../examples/node-checkout/start.js', import.meta.url))
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const url = await Promise.race([
    urlIn(createInterface(child.stdout)),
    exited.then(([code]) => {
      throw new Error(`the example ended with ${code}`)
    }),
  ])
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function urlIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const url = /checkout shop on (http:\S+)/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('the example printed no URL')
}
