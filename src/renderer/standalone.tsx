/** The door of an exported file: the trace screens over the data in the same file, with no engine and no network. */

import './ui/layers.css'
import '@mantine/core/styles.layer.css'
import './ui/tokens.css'
import './ui/global.css'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { blockElementId } from '#shared/contract/html-export.ts'
import { openConnection } from './client/connection.ts'
import { embeddedCarrier } from './client/embedded/embedded-carrier.ts'
import { openEmbeddedFile } from './client/embedded/embedded-file.ts'
import { setExportManifest } from './client/exported-file.ts'
import { styleNonce } from './client/nonce.ts'
import { PageGround } from './page-ground.tsx'
import { standaloneRouter } from './standalone-routes.tsx'
import { lendStorage } from './standalone-storage.ts'

// The scroll lock behind Mantine's dialogs makes a style element of its own and takes the nonce from this global.
Object.assign(window, { __webpack_nonce__: styleNonce() })
lendStorage()

async function start(root: HTMLElement): Promise<void> {
  const file = await openEmbeddedFile((name) => document.getElementById(blockElementId(name))?.textContent)
  setExportManifest(file.manifest)
  openConnection(embeddedCarrier(file))
  createRoot(root).render(
    <PageGround>
      <RouterProvider router={standaloneRouter(file.manifest)} />
    </PageGround>,
  )
}

const root = document.getElementById('root')
if (root !== null)
  start(root).catch((error: unknown) => {
    root.textContent = `This file can't be read: ${error instanceof Error ? error.message : String(error)} It may have been cut off on its way; ask for it again.`
  })
