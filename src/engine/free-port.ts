/** Finds a port: the one that was asked for or none, and for a default the next free one. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { PortChoice } from './config.ts'

/** How far apart the ports lie that are tried in place of a taken default; 4317 must not land on 4318. */
const portStep = 10
const portTries = 10

/** Runs `start` with one port after another until one isn't PORT_TAKEN; the last try is any free port. */
export async function onFreePort<T>({ port, explicit }: PortChoice, start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start(attempt === portTries ? 0 : port + attempt * portStep)
    } catch (error) {
      const taken = error instanceof SpanlightError && error.code === 'PORT_TAKEN'
      if (explicit || !taken || attempt === portTries) throw error
    }
  }
}
