/** The options that `spanlight` and `spanlight serve` share, checked once. */

import { type Command, InvalidArgumentError } from 'commander'
import {
  defaultDatabasePath,
  defaultOtlpGrpcPort,
  defaultOtlpHost,
  defaultOtlpHttpPort,
  type PortChoice,
} from '../engine/config.ts'

export const defaultHost = '127.0.0.1'
const defaultPort = 4319

export interface HostOptions {
  readonly host: string
  readonly port: PortChoice
  readonly otlpHost: string
  readonly otlpGrpc: PortChoice
  readonly otlpHttp: PortChoice
  readonly db: string
  readonly durable: boolean
  readonly open: boolean
  readonly readyFile: string | undefined
}

export function addHostOptions(command: Command): Command {
  return command
    .option('--host <address>', `address the app is served on (default: ${defaultHost})`, text)
    .option('--port <number>', `port of the app, 0 for a free one (default: ${defaultPort})`, port)
    .option('--otlp-host <address>', `address OTLP is received on (default: ${defaultOtlpHost})`, text)
    .option('--otlp-grpc-port <number>', `OTLP/gRPC port, 0 for a free one (default: ${defaultOtlpGrpcPort})`, port)
    .option('--otlp-http-port <number>', `OTLP/HTTP port, 0 for a free one (default: ${defaultOtlpHttpPort})`, port)
    .option('--db <file>', `database (default: ${defaultDatabasePath()})`, text)
    .option('--durable', 'wait for the disk at each commit: a power cut loses nothing that was acknowledged')
    .option('--no-open', "don't open a browser")
    .option('--ready-file <file>', 'write addresses and token as JSON once everything listens', text)
}

interface RawOptions {
  readonly host?: string
  readonly port?: number
  readonly otlpHost?: string
  readonly otlpGrpcPort?: number
  readonly otlpHttpPort?: number
  readonly db?: string
  readonly durable?: boolean
  readonly open: boolean
  readonly readyFile?: string
}

export function hostOptionsOf(command: Command): HostOptions {
  const raw = command.opts<RawOptions>()
  return {
    host: raw.host ?? defaultHost,
    port: choice(raw.port, defaultPort),
    otlpHost: raw.otlpHost ?? defaultOtlpHost,
    otlpGrpc: choice(raw.otlpGrpcPort, defaultOtlpGrpcPort),
    otlpHttp: choice(raw.otlpHttpPort, defaultOtlpHttpPort),
    db: raw.db ?? defaultDatabasePath(),
    durable: raw.durable ?? false,
    open: raw.open,
    readyFile: raw.readyFile,
  }
}

function choice(asked: number | undefined, fallback: number): PortChoice {
  return { port: asked ?? fallback, explicit: asked !== undefined }
}

function port(value: string): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > 65_535)
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return number
}

function text(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return value
}
