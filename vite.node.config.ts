// Bundles what runs in Node: the command line, the engine as a process of its own and its threads.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** The SQL screen says what tables and columns are for, and has it from the page that says it to readers. */
const databasePage: Plugin = {
  name: 'database-page',
  generateBundle() {
    const source = readFileSync(new URL('docs/database.md', import.meta.url))
    this.emitFile({ type: 'asset', fileName: 'database.md', source })
  },
}

export default defineConfig({
  plugins: [databasePage],
  // Every command and every thread loads packages anew: bundled, they are a few files without what nobody uses. Outside stays
  // what is native or looks for its own files.
  ssr: { noExternal: true, external: ['@grpc/grpc-js', 'better-sqlite3', 'open', 'protobufjs', 'send', 'ws'] },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/node',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        cli: source('cli/index.ts'),
        'engine-process': source('server/engine-process.ts'),
        writer: source('engine/threads/writer.ts'),
        reader: source('engine/threads/reader.ts'),
        'session-task': source('engine/threads/session-task.ts'),
        importer: source('engine/threads/importer.ts'),
        exporter: source('engine/threads/exporter.ts'),
        loadlab: source('engine/threads/loadlab.ts'),
        sql: source('engine/threads/sql.ts'),
      },
      // Threads are found beside the code that starts them, so everything lies in one folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
