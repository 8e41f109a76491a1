/** The sample session that ships with Spanlight: unpacked once into the folder of data, and then a session like any other. */

import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { SpanlightError } from '#shared/contract/errors.ts'
import { storeErrorOf } from './store/store-error.ts'

/** As far from the sources as from what is built of them. */
const packed = fileURLToPath(new URL('../../resources/sample-session.db.zst', import.meta.url))
const mostBytes = 256 * 1024 * 1024

/** Unpacks it to `file` unless it is there already. Throws NOT_FOUND, DISK_FULL, STORE_READONLY; then there is no part of it. */
export async function unpackSample(file: string): Promise<void> {
  if (existsSync(file)) return
  const unfinished = `${file}.${process.pid}.part`
  try {
    const bytes = await promisify(zstdDecompress)(await readFile(packed), { maxOutputLength: mostBytes })
    await mkdir(dirname(file), { recursive: true })
    await writeFile(unfinished, bytes)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    if (!existsSync(packed)) throw new SpanlightError('NOT_FOUND', 'This installation has no sample session.')
    throw storeErrorOf(error, file)
  }
}
