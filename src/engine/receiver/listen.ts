/** Binds a port, or says in the contract's words why not. */

import type { Server } from 'node:net'
import { SpanlightError } from '#shared/contract/errors.ts'

export function portError(error: unknown, host: string, port: number, purpose: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'EADDRINUSE' || /EADDRINUSE|address already in use/i.test(message)) {
    return new SpanlightError(
      'PORT_TAKEN',
      `Port ${port} on ${host}, wanted for ${purpose}, is taken. Stop the program that holds it, or choose another port.`,
      { port, host, purpose },
    )
  }
  if (code === 'EACCES') {
    return new SpanlightError(
      'PORT_TAKEN',
      `Port ${port} on ${host} may not be used for ${purpose}. Choose one above 1023.`,
      {
        port,
        host,
        purpose,
      },
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new SpanlightError('BAD_INPUT', `${host} is not an address of this machine (${purpose}).`)
  }
  return error
}

/** Throws `SpanlightError`: PORT_TAKEN, or BAD_INPUT for an address this machine doesn't have. */
export function listen(server: Server, host: string, port: number, purpose: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, host, port, purpose)))
    server.listen({ host, port, exclusive: true }, () => resolve())
  })
}
