/** Chooses where lines go: an endpoint that was named, else a Spanlight that runs, else the database itself. */

import { DatabaseDestination } from './database-destination.ts'
import type { Destinations } from './destination.ts'
import { otlpDestination, takesLogs } from './otlp-destination.ts'

export interface TailTarget {
  /** Asked for: nothing else is tried. */
  readonly endpoint: string | undefined
  /** Where a Spanlight or a collector usually listens; undefined when a database was asked for. */
  readonly usualEndpoint: string | undefined
  readonly databasePath: string
  /** OTLP/HTTP of the Spanlight that holds the database, if one does. */
  holder(): Promise<string | undefined>
}

export function destinationsOf({ endpoint, usualEndpoint, databasePath, holder }: TailTarget): Destinations {
  const database = new DatabaseDestination(databasePath)
  return {
    async find() {
      if (endpoint !== undefined) return otlpDestination(endpoint)
      if (database.isHeld) return database
      // Each time: a Spanlight may have been started since, or stopped.
      const held = await holder()
      if (held !== undefined) return otlpDestination(held)
      if (usualEndpoint !== undefined && (await takesLogs(usualEndpoint))) return otlpDestination(usualEndpoint)
      return database
    },
    release: () => database.release(),
  }
}
