// Specs of the desktop app, and those of the main path once more in its window: real Electron or the stand-in for it.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/find-browser.ts'
import { host } from './tests/desktop/support/host.ts'

process.env.SPANLIGHT_TEST_HOST = 'desktop'
// The stand-in's windows are pages of it.
if (!host.isReal) process.env.SPANLIGHT_CHROMIUM ??= findBrowser().path

// What tests open is nothing the person who runs them opened.
process.env.SPANLIGHT_CONFIG_DIR ??= join(tmpdir(), 'spanlight-test-config')

export default defineConfig({
  testDir: 'tests',
  testMatch: ['desktop/*.spec.ts', 'e2e/checkout.spec.ts'],
  // Those are about the stand-in itself.
  testIgnore: host.isReal ? ['desktop/stand-in*.spec.ts'] : [],
  outputDir: 'test-results/desktop',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/desktop.json' }]],
})
