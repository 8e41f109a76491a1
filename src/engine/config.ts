/** The engine's settings and their defaults. */

import { join } from 'node:path'
import envPaths from 'env-paths'

/** A port somebody asked for must be that one; a default may give way to the next free one. */
export interface PortChoice {
  readonly port: number
  readonly explicit: boolean
}

export interface EngineConfig {
  readonly version: string
  readonly databasePath: string
  /** Wait for the disk at each commit. */
  readonly durable: boolean
  readonly otlpHost: string
  readonly otlpGrpc: PortChoice
  readonly otlpHttp: PortChoice
  readonly maxRequestBytes: number
}

export const defaultOtlpHost = '127.0.0.1'
export const defaultOtlpGrpcPort = 4317
export const defaultOtlpHttpPort = 4318

/** `spanlight.db` in the operating system's folder for application data. */
export function defaultDatabasePath(): string {
  return join(envPaths('spanlight', { suffix: '' }).data, 'spanlight.db')
}
