// Unit tests beside the code, and conformance tests of the wire, the look and the packages; both run in Node, from source.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/{conformance,design,packaging}/**/*.test.ts'],
    environment: 'node',
    // What tests open is nothing the person who runs them opened.
    env: { SPANLIGHT_CONFIG_DIR: join(tmpdir(), 'spanlight-test-config') },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
