/** `npm run bench -- NAME [OPTION …]`: builds and runs one of the benchmarks in `bench/`; without a name it lists them. */

import { spawnSync } from 'node:child_process'

interface Bench {
  readonly about: string
  load(): Promise<{ run(args: readonly string[]): Promise<void> }>
}

const benches: Readonly<Record<string, Bench>> = {
  import: {
    about: 'how fast files of spans are imported, and whether memory stays flat as they grow (--spans, --format)',
    load: () => import('../bench/import.ts'),
  },
  ingest: {
    about:
      'how fast spans, logs and metric points are received and stored (--signal, --seconds, --in-flight, --profile)',
    load: () => import('../bench/ingest.ts'),
  },
  lab: {
    about:
      'what receiving the demo shop and watching its Overview take from the machine (--rate, --seconds, --scenario)',
    load: () => import('../bench/lab.ts'),
  },
  mutations: {
    about: 'whether broken payloads can do more than be refused (--count, --seed)',
    load: () => import('../bench/mutations.ts'),
  },
  overload: {
    about: 'what minutes of far too much data do to memory, stored data and the app (--minutes, --in-flight)',
    load: () => import('../bench/overload.ts'),
  },
  overview: {
    about:
      'how fast the Overview is answered while spans arrive, and what folding costs (--spans, --operations, --rate, --runs)',
    load: () => import('../bench/overview.ts'),
  },
  waterfall: {
    about: 'how fast a huge trace opens, scrolls and answers the pointer in Chromium (--spans, --runs)',
    load: () => import('../bench/waterfall.ts'),
  },
}

const [name, ...args] = process.argv.slice(3)
const bench = name === undefined ? undefined : benches[name]
if (bench) {
  const { status } = spawnSync(process.execPath, ['scripts/run.js', 'build'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  const { run } = await bench.load()
  await run(args)
} else {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`)
  console.log('Usage: npm run bench -- NAME [OPTION …]\n')
  for (const [each, { about }] of Object.entries(benches)) console.log(`  ${each.padEnd(10)} ${about}`)
  if (name !== undefined) process.exitCode = 1
}
