// Unit tests beside the code, and conformance tests of the wire, the look and the packages; both run in Node, from source.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// What the load lab does takes the time it says: its tests share the machine with no others.
const inRealTime = 'tests/conformance/loadlab-*.test.ts'

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
          exclude: [inRealTime],
          // Many wait for a process of theirs, so two cores carry two.
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
