/** Keeps pages within the app: no other sites, no new windows, no webviews, no permissions. */

import { app, type Session, shell, type WebContents } from 'electron'
import { isAppUrl, outsideUrl } from './app-url.ts'

/** Writing text to the clipboard at a click is what the app's copy buttons do; nothing else is ever granted. */
const granted = 'clipboard-sanitized-write'

export function guardContents(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      // The app loads itself anew after all data was deleted.
      if (isAppUrl(event.url)) return
      event.preventDefault()
      openOutside(event.url)
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}

export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === granted && isAppUrl(contents.getURL())),
  )
  session.setPermissionCheckHandler(
    (contents, permission) => permission === granted && contents !== null && isAppUrl(contents.getURL()),
  )
}

function openOutside(url: string): void {
  const checked = outsideUrl(url)
  if (checked !== undefined) void shell.openExternal(checked).catch(() => undefined)
}
