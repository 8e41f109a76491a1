import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSettings, ShellSettingsFile } from './shell-settings.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-shell-'))
  file = join(folder, 'shell.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('start as the system has it, without an icon beside the clock', () => {
  expect(new ShellSettingsFile(file).current).toEqual({ tray: false, theme: 'auto' })
})

test('are there again at the next start, and leave no other file behind', () => {
  expect(new ShellSettingsFile(file).change({ tray: true })).toEqual({ tray: true, theme: 'auto' })
  new ShellSettingsFile(file).change({ theme: 'dark' })
  expect(new ShellSettingsFile(file).current).toEqual({ tray: true, theme: 'dark' })
  expect(readdirSync(folder)).toEqual(['shell.json'])
})

test('are the defaults where the file is broken', () => {
  writeFileSync(file, '{"tray": tr')
  expect(new ShellSettingsFile(file).current).toEqual({ tray: false, theme: 'auto' })
})

test('only known settings with known values are read', () => {
  expect(readSettings({ tray: 'yes', theme: 'pink', path: '/etc' })).toEqual({})
  expect(readSettings({ tray: true, theme: 'light' })).toEqual({ tray: true, theme: 'light' })
  expect(readSettings(null)).toEqual({})
})
