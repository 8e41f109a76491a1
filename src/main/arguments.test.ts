import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

const origin = { cwd: resolve('/home/me'), appPath: resolve('/opt/spanlight') }
const read = (...argv: string[]) => readArguments(argv, origin)

describe('the arguments', () => {
  test('of a plain start say nothing', () => {
    expect(read('/usr/bin/spanlight')).toEqual({ links: [], files: [] })
    expect(read('electron', origin.appPath)).toEqual({ links: [], files: [] })
  })

  test('carry what the engine is asked for', () => {
    expect(
      read('electron', origin.appPath, '--db=data/x.db', '--otlp-grpc-port=0', '--otlp-http-port=4400', '--durable'),
    ).toEqual({
      databasePath: resolve('/home/me/data/x.db'),
      otlpGrpcPort: 0,
      otlpHttpPort: 4400,
      durable: true,
      links: [],
      files: [],
    })
  })

  test('keep an address and a folder of its own', () => {
    expect(read('spanlight', '--otlp-host=0.0.0.0', '--user-data-dir=profile')).toMatchObject({
      otlpHost: '0.0.0.0',
      userDataDir: resolve('/home/me/profile'),
    })
  })

  test.each(['--otlp-grpc-port=', '--otlp-grpc-port=x', '--otlp-grpc-port=65536', '--otlp-grpc-port=-1', '--db='])(
    'leave out %s, which means nothing',
    (argument) => {
      expect(read('spanlight', argument)).toEqual({ links: [], files: [] })
    },
  )

  test('tell links from files, wherever Chromium put its own switches', () => {
    const link = 'spanlight://trace/0af7651916cd43dd8448eb211c80319c'
    expect(
      read('spanlight', '--allow-file-access-from-files', link, '--enable-features=x', 'a.spanlight', '/tmp/b.json'),
    ).toEqual({ links: [link], files: [resolve('/home/me/a.spanlight'), resolve('/tmp/b.json')] })
  })
})
