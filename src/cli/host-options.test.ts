import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addHostOptions, type HostOptions, hostOptionsOf } from './host-options.ts'

function parse(...args: string[]): HostOptions {
  const command = addHostOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  command.parse(args, { from: 'user' })
  return hostOptionsOf(command)
}

describe('the options', () => {
  it('have defaults that listen on this machine only', () => {
    expect(parse()).toMatchObject({
      host: '127.0.0.1',
      port: { port: 4319, explicit: false },
      otlpHost: '127.0.0.1',
      otlpGrpc: { port: 4317, explicit: false },
      otlpHttp: { port: 4318, explicit: false },
      durable: false,
      open: true,
      readyFile: undefined,
    })
    expect(parse().db).toMatch(/spanlight\.db$/)
  })

  it('are taken as given, and a port that was asked for is that one', () => {
    const given = [
      '--host',
      '::1',
      '--port',
      '0',
      '--otlp-host',
      'localhost',
      '--otlp-grpc-port',
      '1',
      '--otlp-http-port',
    ]
    expect(parse(...given, '65535', '--db', 'x.db', '--durable', '--no-open', '--ready-file', 'r.json')).toMatchObject({
      host: '::1',
      port: { port: 0, explicit: true },
      otlpHost: 'localhost',
      otlpGrpc: { port: 1, explicit: true },
      otlpHttp: { port: 65_535, explicit: true },
      db: 'x.db',
      durable: true,
      open: false,
      readyFile: 'r.json',
    })
  })

  it.each(['65536', '-1', '1.5', '80a', '', ' ', '0x50', '1e3', 'NaN'])('a port of "%s" is refused', (value) => {
    for (const option of ['--port', '--otlp-grpc-port', '--otlp-http-port']) {
      expect(() => parse(`${option}=${value}`)).toThrow(/whole number from 0 to 65535|argument missing/)
    }
  })

  it.each(['--host', '--otlp-host', '--db', '--ready-file'])('an empty %s is refused', (option) => {
    expect(() => parse(option, '')).toThrow(/must not be empty/)
    expect(() => parse(option, '  ')).toThrow(/must not be empty/)
  })
})
