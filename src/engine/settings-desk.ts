/** What a person sets in the app: read from the store, written by the writer thread, applied at once. */

import { stat } from 'node:fs/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { ApdexThresholdInput } from '#shared/contract/operations.ts'
import type { Retention, Settings, Storage } from '#shared/contract/settings.ts'
import { spanKindNumber } from '#shared/model/span.ts'
import type { CurrentStore } from './current-store.ts'
import type { Ports, Receivers } from './receivers.ts'

export interface SettingsSources {
  readonly store: CurrentStore
  readonly receivers: Receivers
  readonly host: string
}

/** Without `zipkin` that port stays as it is. */
type AskedPorts = Omit<Ports, 'zipkin'> & { readonly zipkin?: number | null | undefined }

export class SettingsDesk {
  readonly #sources: SettingsSources

  constructor(sources: SettingsSources) {
    this.#sources = sources
  }

  async get(): Promise<Settings> {
    const { store, receivers, host } = this.#sources
    const { retention } = await store.query('readSettings', undefined)
    return { retention, ports: receivers.ports, otlpHost: host }
  }

  async setRetention(policy: Retention): Promise<Settings> {
    await this.#sources.store.command({ name: 'setRetention', policy })
    return this.get()
  }

  /** Throws PORT_TAKEN; the old ports stay then. */
  async setPorts({ grpc, http, zipkin }: AskedPorts): Promise<Settings> {
    if (this.#sources.store.isReadOnly) {
      throw new SpanlightError('STORE_READONLY', 'This session is open read-only: nothing is received, on no port.')
    }
    const ports: Ports = { grpc, http, zipkin: zipkin === undefined ? this.#sources.receivers.ports.zipkin : zipkin }
    await this.#sources.receivers.move(ports)
    await this.#sources.store.command({ name: 'setPorts', ports })
    return this.get()
  }

  async storage(): Promise<Storage> {
    const { store } = this.#sources
    const { usedBytes: _used, ...shares } = await store.query('readStorage', undefined)
    return { ...shares, fileBytes: await databaseBytes(store.file) }
  }

  /** Throws BAD_INPUT for a kind no span has. */
  async setApdexThreshold({ kind, ...of }: ApdexThresholdInput): Promise<void> {
    const code = spanKindNumber(kind)
    if (code === undefined) throw new SpanlightError('BAD_INPUT', `No span kind is called ${kind}.`)
    await this.#sources.store.command({ name: 'setApdexThreshold', ...of, kind: code })
  }

  async rebuildRollups(): Promise<void> {
    await this.#sources.store.command({ name: 'rebuildRollups' })
  }

  async deleteAll(): Promise<void> {
    await this.#sources.store.command({ name: 'deleteAll' })
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
