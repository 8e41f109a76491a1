/** The renderer's door: styles, the live connection, and the app. */

import '@fontsource-variable/inter/standard.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/layers.css'
import '@mantine/core/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/tokens.css'
import './ui/global.css'
import './ui/boot.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openConnection } from './client/connection.ts'
import { engineCarrier } from './client/engine-carrier.ts'
import { startImports } from './client/imports.ts'
import { startLive } from './client/live.ts'
import { styleNonce } from './client/nonce.ts'
import { queryClient } from './client/query-client.ts'
import { followHost } from './host-commands.ts'

// The scroll lock behind Mantine's dialogs makes a style element of its own and takes the nonce from this global.
Object.assign(window, { __webpack_nonce__: styleNonce() })

openConnection(engineCarrier())
startLive(queryClient)
startImports()
followHost()

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
