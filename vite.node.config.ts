// Bundles what runs in Node: the command line, the engine as a process of its own and its threads. Packages stay outside, in node_modules.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url))

export default defineConfig({
  // The load lab alone uses OpenTelemetry's SDK: bundled, it costs an installation far less than the packages would.
  ssr: { noExternal: [/^@opentelemetry\//] },
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
        'engine-process': source('engine/engine-process.ts'),
        writer: source('engine/threads/writer.ts'),
        reader: source('engine/threads/reader.ts'),
        loadlab: source('engine/threads/loadlab.ts'),
      },
      // Threads are found beside the code that starts them, so everything lies in one folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
