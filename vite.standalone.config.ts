// Builds the page of exported HTML files: one template with styles, script and icon in it, to which an export adds data.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { usedStyles } from './scripts/used-styles.ts'

const source = (name: string): string => fileURLToPath(new URL(`src/renderer/${name}`, import.meta.url))
const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64')
const hash = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`

/** Puts what was built into the template. Only these two scripts may ever run, wherever the file is opened. */
function template(): Plugin {
  return {
    name: 'spanlight-html-export',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = ''
      let style = ''
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') script += part.code
        else if (name.endsWith('.css')) style += String(part.source)
        else this.error(`${name} would lie outside of the exported file`)
        if (part.type === 'asset') delete bundle[name]
      }
      const loader = readFileSync(source('standalone-loader.js'), 'utf8')
      const policy = [
        "default-src 'none'",
        `script-src ${hash(loader)} ${hash(script)}`,
        "style-src 'nonce-__CSP_NONCE__'",
        'img-src data:',
        'font-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ')
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
      const parts: Record<string, string> = {
        VERSION: version,
        POLICY: policy,
        ICON: `data:image/svg+xml;base64,${readFileSync(source('icon.svg'), 'base64')}`,
        // Names of Mantine's classes.
        CSS: packed(usedStyles(style, script, /\bm_[0-9a-f]{6,8}\b/g)),
        JS: packed(script),
        LOADER: loader,
      }
      const page = readFileSync(source('standalone.html'), 'utf8').replace(
        /__(VERSION|POLICY|ICON|CSS|JS|LOADER)__/g,
        (_match, name: string) => parts[name] ?? '',
      )
      this.emitFile({ type: 'asset', fileName: 'page.html', source: page })
    },
    // What was built stays in the bundle until it is written, because its licences are read from there.
    writeBundle: ({ dir = '' }) => rmSync(`${dir}/assets`, { recursive: true, force: true }),
  }
}

export default defineConfig({
  plugins: [react(), template()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'out/html-export',
    emptyOutDir: true,
    target: 'es2023',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 1_000_000,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { page: source('standalone.tsx') },
      output: { format: 'iife' },
    },
  },
})
