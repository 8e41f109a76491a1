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
  /** Only read the first session, and receive nothing while it is open. */
  readonly readOnly?: boolean
  /** Where the list of sessions opened lately is kept; the system's folder for settings unless told. */
  readonly configDir?: string
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

/** The operating system's folder for settings; `SPANLIGHT_CONFIG_DIR` names another. */
export function defaultConfigDir(): string {
  return process.env.SPANLIGHT_CONFIG_DIR || envPaths('spanlight', { suffix: '' }).config
}

/** Ports of the command line first, then those chosen in the app, then the defaults; only the first must be had. */
export function portsOf(
  { otlpGrpc, otlpHttp }: EngineConfig,
  chosen: { readonly grpc: number; readonly http: number; readonly zipkin?: number | null } | undefined,
): { grpc: PortChoice; http: PortChoice; zipkin: PortChoice | undefined } {
  const pick = (choice: PortChoice, port: number | undefined): PortChoice =>
    choice.explicit || port === undefined ? choice : { port, explicit: false }
  return {
    grpc: pick(otlpGrpc, chosen?.grpc),
    http: pick(otlpHttp, chosen?.http),
    // Off unless it was asked for.
    zipkin: chosen?.zipkin ? { port: chosen.zipkin, explicit: false } : undefined,
  }
}
