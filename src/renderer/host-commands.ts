/** Does in the page what was chosen in the desktop app's menu or asked for by a link. */

import { listenToHost } from './client/host.ts'
import { importPaths } from './client/imports.ts'
import { openPalette } from './features/palette/palette.tsx'
import { router } from './routes.tsx'
import { copyText } from './ui/copy-button.tsx'
import { notice } from './ui/notice.tsx'

/** Called once, before the app is drawn. */
export function followHost(): void {
  listenToHost((news) => {
    if (news.type === 'navigate') void router.navigate({ href: news.path })
    else if (news.type === 'open-files') void importPaths(news.paths)
    else if (news.type === 'command' && news.command === 'find') find()
    else if (news.type === 'command') void copyLink(router.state.location.pathname)
  })
}

/** By the key that finds on the screen that is open; a screen that has none leaves it to the palette. */
function find(): void {
  const target = document.body
  const isUnanswered = target.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))
  if (isUnanswered) openPalette()
}

/** A link that opens the trace on show in the desktop app; other screens have none. */
async function copyLink(path: string): Promise<void> {
  const id = /^\/traces\/([0-9a-f]{32})$/.exec(path)?.[1]
  if (id === undefined) return notice('Only a trace has a link: open one first.')
  const isCopied = await copyText(`spanlight://trace/${id}`)
  notice(isCopied ? 'Link to this trace copied.' : 'The link could not be copied.')
}
