/** Builds the renderer and what runs in Node into `out/`. */

import { build } from 'vite'

for (const configFile of ['vite.node.config.ts', 'vite.config.ts']) await build({ configFile, logLevel: 'warn' })
console.log('Built out/node and out/renderer.')
