/** Where this package's files lie: two folders up, from the source as from the built bundle. */

import { fileURLToPath } from 'node:url'

export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}
