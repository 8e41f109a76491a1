/** Attribute names that semantic conventions renamed: both spellings mean the same and are read alike. */

const renamed: readonly (readonly [old: string, current: string])[] = [
  ['http.method', 'http.request.method'],
  ['http.status_code', 'http.response.status_code'],
  ['http.url', 'url.full'],
  ['http.target', 'url.path'],
  ['db.statement', 'db.query.text'],
  ['db.system', 'db.system.name'],
  ['peer.service', 'service.peer.name'],
  ['rpc.grpc.status_code', 'rpc.response.status_code'],
  ['net.peer.name', 'server.address'],
]

const spellings = new Map<string, readonly string[]>()
for (const [old, current] of renamed) {
  spellings.set(old, [old, current])
  spellings.set(current, [current, old])
}

/** The name as given first, then its other spelling if semantic conventions 1.44 know one. */
export function attributeSpellings(name: string): readonly string[] {
  return spellings.get(name) ?? [name]
}
