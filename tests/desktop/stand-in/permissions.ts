/** Permissions of pages: what main's handlers say is told to Chromium before a page is loaded. */

import type { CDPSession } from '@playwright/test'
import { notModelled } from './strict.ts'

export type RequestHandler = (
  contents: object,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void
export type CheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean

/** Electron's names and Chromium's. */
const names: readonly (readonly [electron: string, chromium: readonly string[]])[] = [
  ['media', ['camera', 'microphone']],
  ['geolocation', ['geolocation']],
  ['notifications', ['notifications']],
  ['midi', ['midi']],
  ['clipboard-read', ['clipboard-read']],
  ['clipboard-sanitized-write', ['clipboard-write']],
  ['idle-detection', ['idle-detection']],
]

export interface PermissionHandlers {
  request: RequestHandler | null
  check: CheckHandler | null
}

/** Asks both handlers for every permission. Where one is missing Electron grants, and so does this. */
export async function applyPermissions(
  { request, check }: PermissionHandlers,
  contents: object,
  page: { readonly appUrl: string; readonly pageOrigin: string; readonly session: CDPSession },
): Promise<void> {
  const requestingUrl = page.appUrl
  const origin = `${requestingUrl.split('/').slice(0, 3).join('/')}/`
  for (const [permission, chromiumNames] of names) {
    const details = { requestingUrl, isMainFrame: true }
    const requested = request === null || (await asked(request, contents, permission, details))
    const checked = check === null || check(contents, permission, origin, details)
    if (requested !== checked)
      throw notModelled(`the handlers that check and that grant permissions disagreeing about ${permission}`)
    for (const name of chromiumNames)
      await page.session.send('Browser.setPermission', {
        permission: { name, ...(name.startsWith('clipboard') ? { allowWithoutSanitization: false } : {}) },
        setting: checked ? 'granted' : 'denied',
        origin: page.pageOrigin,
      })
  }
}

function asked(handler: RequestHandler, contents: object, permission: string, details: object): Promise<boolean> {
  return new Promise((resolve) => handler(contents, permission, resolve, details))
}
