// Unit tests beside the code, and conformance tests of the wire, the look and the packages; both run in Node, from source.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// What the load lab does takes the time it says: its tests share the machine with no others.
const inRealTime = 'tests/conformance/loadlab-*.test.ts'
// It replaces a module that other tests use as it is.
const withModulesOfItsOwn = 'tests/conformance/imports-trouble.test.ts'

// Hundreds of threads and processes load the same sources: Node strips and compiles each once, not each time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/spanlight-tests')

export default defineConfig({
  test: {
    environment: 'node',
    // What tests open is nothing the person who runs them opened.
    env: { SPANLIGHT_CONFIG_DIR: join(tmpdir(), 'spanlight-test-config') },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['src/**/*.test.{ts,tsx}', 'tests/{conformance,design,packaging}/**/*.test.ts'],
          exclude: [inRealTime, withModulesOfItsOwn],
          // A process for each of hundreds of files would take longer than most of them.
          isolate: false,
          // Many wait for a process of theirs, so two cores carry two.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'modules of its own',
          include: [withModulesOfItsOwn],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'in real time', include: [inRealTime], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
