// Unit tests beside the code, from source; and conformance tests of the wire, the look and the packages, with the threads and
// commands that were built, as people run them.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// What runs of the load lab tell takes the time it says: their tests mostly wait, and share the machine with each other only.
const inRealTime = 'tests/conformance/loadlab-{app,faults,healthy}.test.ts'
// They replace modules that other tests use as they are.
const withModulesOfTheirOwn = ['tests/conformance/imports-trouble.test.ts', 'tests/conformance/loadlab-process.test.ts']

// Hundreds of threads and processes load the same sources: Node strips and compiles each once, not each time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/spanlight-tests')

/** Engines start threads that were built, in a third of the time that those from source take. */
const builtThreads: Plugin = {
  name: 'built-threads',
  load(id) {
    if (!id.endsWith('/engine/threads/worker-url.ts')) return undefined
    const folder = JSON.stringify(join(import.meta.dirname, 'out/node'))
    return `import { join } from 'node:path'
      import { pathToFileURL } from 'node:url'
      export const workerUrl = (name) => pathToFileURL(join(${folder}, name + '.js'))`
  },
}

// Many wait for a process of theirs, so two cores carry two.
const together = { maxWorkers: 2, sequence: { groupOrder: 0 } }
const globalSetup = ['tests/support/fresh-build.ts']

export default defineConfig({
  test: {
    environment: 'node',
    // What tests open is nothing the person who runs them opened.
    env: { SPANLIGHT_CONFIG_DIR: join(tmpdir(), 'spanlight-test-config') },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A condition that never holds fails its test; how soon one holds is the machine's matter.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    projects: [
      {
        extends: true,
        // A process for each of hundreds of files would take longer than most of them.
        test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}'], isolate: false, ...together },
      },
      {
        extends: true,
        plugins: [builtThreads],
        test: {
          name: 'conformance',
          include: ['tests/{conformance,design,packaging}/**/*.test.ts'],
          exclude: [inRealTime, ...withModulesOfTheirOwn],
          isolate: false,
          globalSetup,
          ...together,
        },
      },
      {
        extends: true,
        plugins: [builtThreads],
        test: { name: 'modules of their own', include: withModulesOfTheirOwn, globalSetup, ...together },
      },
      {
        extends: true,
        plugins: [builtThreads],
        test: {
          name: 'in real time',
          include: [inRealTime],
          globalSetup,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
