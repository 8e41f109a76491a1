/** Where a thread's or a process's code lies: beside this file, as TypeScript in a checkout and as JavaScript once built. */

export type EntryName = 'writer' | 'reader' | 'loadlab' | 'importer' | 'exporter' | 'session-task' | 'sql'

export function workerUrl(name: EntryName): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`./${name}.ts`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url)
}
