/** What a person sets in the app: read from the store, written by the writer thread, applied at once. */

import { stat } from 'node:fs/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { ApdexThresholdInput } from '#shared/contract/operations.ts'
import type { Retention, Settings, Storage } from '#shared/contract/settings.ts'
import { spanKindNumber } from '#shared/model/span.ts'
import type { Ports, Receivers } from './receivers.ts'
import type { ReaderPool, WriterPool } from './threads/pool.ts'

export interface SettingsSources {
  readonly readers: ReaderPool
  readonly writer: WriterPool
  readonly receivers: Receivers
  readonly host: string
  readonly databasePath: string
}

export class SettingsDesk {
  readonly #sources: SettingsSources

  constructor(sources: SettingsSources) {
    this.#sources = sources
  }

  async get(): Promise<Settings> {
    const { readers, receivers, host } = this.#sources
    const { retention } = await readers.query('readSettings', undefined)
    return { retention, ports: receivers.ports, otlpHost: host }
  }

  async setRetention(policy: Retention): Promise<Settings> {
    await this.#sources.writer.command({ name: 'setRetention', policy })
    return this.get()
  }

  /** Throws PORT_TAKEN; the old ports stay then. */
  async setPorts(ports: Ports): Promise<Settings> {
    await this.#sources.receivers.move(ports)
    await this.#sources.writer.command({ name: 'setPorts', ports })
    return this.get()
  }

  async storage(): Promise<Storage> {
    const { readers, databasePath } = this.#sources
    const { usedBytes: _used, ...shares } = await readers.query('readStorage', undefined)
    return { ...shares, fileBytes: await databaseBytes(databasePath) }
  }

  /** Throws BAD_INPUT for a kind no span has. */
  async setApdexThreshold({ kind, ...of }: ApdexThresholdInput): Promise<void> {
    const code = spanKindNumber(kind)
    if (code === undefined) throw new SpanlightError('BAD_INPUT', `No span kind is called ${kind}.`)
    await this.#sources.writer.command({ name: 'setApdexThreshold', ...of, kind: code })
  }

  async rebuildRollups(): Promise<void> {
    await this.#sources.writer.command({ name: 'rebuildRollups' })
  }

  async deleteAll(): Promise<void> {
    await this.#sources.writer.command({ name: 'deleteAll' })
  }
}

/** The file and its write-ahead log. */
export async function databaseBytes(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
