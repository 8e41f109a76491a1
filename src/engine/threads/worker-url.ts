/** Where a thread's code lies: beside this file, as TypeScript in a checkout and as JavaScript once built. */

export function workerUrl(name: 'writer' | 'reader' | 'loadlab'): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`./${name}.ts`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url)
}
