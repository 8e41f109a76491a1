// Bundles the desktop shell for Electron's main process. Electron and packages stay outside.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/main',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { index: fileURLToPath(new URL('src/main/index.ts', import.meta.url)) },
      external: ['electron'],
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
})
