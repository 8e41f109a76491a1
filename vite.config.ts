/** Builds the renderer, one set of static files for every host; in development serves it with a proxy to the engine. */

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const engineUrl = process.env.SPANLIGHT_URL ?? 'http://127.0.0.1:4319'
const token = process.env.SPANLIGHT_TOKEN

// The engine answers its own origin only, so requests passed on must look as if they came from there.
const headers = { origin: new URL(engineUrl).origin, ...(token ? { authorization: `Bearer ${token}` } : {}) }

export default defineConfig({
  root: 'src/renderer',
  base: '/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // The content policy allows no `data:` fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: engineUrl, changeOrigin: true, ws: true, headers } },
  },
})
