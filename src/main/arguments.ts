/** The desktop app's command line: what the engine is asked for, and the links and files to open. */

import { resolve } from 'node:path'
import { linkScheme } from './deep-link.ts'

export interface DesktopArguments {
  readonly databasePath?: string
  readonly durable?: boolean
  readonly otlpHost?: string
  readonly otlpGrpcPort?: number
  readonly otlpHttpPort?: number
  readonly userDataDir?: string
  readonly links: readonly string[]
  /** Absolute paths. */
  readonly files: readonly string[]
}

export interface ArgumentsOrigin {
  /** Where relative paths start. */
  readonly cwd: string
  /** Where the app lies: in development Electron is given that as its first argument. */
  readonly appPath: string
}

/**
 * Reads arguments leniently: Chromium mixes its own switches in and moves them about, in what a second instance hands
 * over above all. Options are written `--name=value`, so that order doesn't matter.
 */
export function readArguments(argv: readonly string[], { cwd, appPath }: ArgumentsOrigin): DesktopArguments {
  const given = argv.slice(1).filter((argument) => argument !== '')
  const option = (name: string): string | undefined => {
    const value = given.findLast((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
    return value === '' ? undefined : value
  }
  const path = (name: string): string | undefined => {
    const value = option(name)
    return value === undefined ? undefined : resolve(cwd, value)
  }
  const plain = given.filter((argument) => !argument.startsWith('-'))
  const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(`${linkScheme}:`)
  const ownPaths = new Set([appPath, resolve(appPath, 'out/main/index.js')])
  return withoutUndefined({
    databasePath: path('db'),
    durable: given.includes('--durable') ? true : undefined,
    otlpHost: option('otlp-host'),
    otlpGrpcPort: port(option('otlp-grpc-port')),
    otlpHttpPort: port(option('otlp-http-port')),
    userDataDir: path('user-data-dir'),
    links: plain.filter(isLink),
    files: plain
      .filter((argument) => !isLink(argument))
      .map((argument) => resolve(cwd, argument))
      .filter((file) => !ownPaths.has(file)),
  })
}

function port(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(object: T): Given<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Given<T>
}
