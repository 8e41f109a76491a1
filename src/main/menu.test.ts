import { expect, test } from 'vitest'
import { menuTemplate } from './menu.ts'

const nothing = (): void => undefined
const actions = { navigate: nothing, open: nothing, command: nothing, about: nothing, openSession: nothing }

function items(options: Parameters<typeof menuTemplate>[1]) {
  return menuTemplate(actions, options).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
}

test.each([true, false])('every item does something (macOS: %s)', (isMac) => {
  for (const { type, role, click } of items({ isMac, isDevelopment: true })) {
    expect(type === 'separator' || role !== undefined || click !== undefined).toBe(true)
  }
})

test.each([true, false])('no two items share a key (macOS: %s)', (isMac) => {
  const keys = items({ isMac, isDevelopment: true }).flatMap(({ accelerator }) => accelerator ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toEqual(
    expect.arrayContaining(['CmdOrCtrl+1', 'CmdOrCtrl+2', 'CmdOrCtrl+3', 'CmdOrCtrl+,', 'CmdOrCtrl+F']),
  )
})

test('reload and developer tools are for a checkout', () => {
  const roles = items({ isMac: false, isDevelopment: false }).map(({ role }) => role)
  expect(roles).not.toContain('reload')
  expect(roles).not.toContain('toggleDevTools')
})
