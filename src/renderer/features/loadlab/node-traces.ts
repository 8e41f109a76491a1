/** From a node of the topology to the search that finds its traces. */

import { noLabParams } from './loadlab-url.ts'
import type { NodeRow } from './topology-rows.ts'

/** What spans that talk to a database, cache or queue carry its name in. */
const attribute = { database: 'server.address', cache: 'server.address', queue: 'messaging.destination.name' } as const

export function tracesOf({ name, kind }: Pick<NodeRow, 'name' | 'kind'>): Record<string, unknown> {
  return kind === 'service' || kind === 'load'
    ? { ...noLabParams, service: name }
    : { ...noLabParams, service: undefined, attr: [`${attribute[kind]}=${name}`] }
}
