import { describe, expect, test } from 'vitest'
import { authority, endpointAt, isLoopbackOnly, localEndpoint } from './endpoints.ts'
import { type Shell, type SnippetChoice, snippets } from './snippets.ts'

const endpoints = { grpc: 'http://127.0.0.1:14001', http: 'http://127.0.0.1:14002' }
const choice: SnippetChoice = { endpoints, protocol: 'http', shell: 'posix' }

function text(id: string, changed: Partial<SnippetChoice> = {}): string {
  const snippet = snippets({ ...choice, ...changed }).find((candidate) => candidate.id === id)
  return (snippet?.steps ?? []).map((step) => step.code).join('\n')
}

describe('endpoints', () => {
  test('a listener on every address is reached over loopback', () => {
    expect(localEndpoint('http://0.0.0.0:4317')).toBe('http://127.0.0.1:4317')
    expect(localEndpoint('[::]:4318')).toBe('http://127.0.0.1:4318')
    expect(localEndpoint('127.0.0.1:4317')).toBe('http://127.0.0.1:4317')
    expect(localEndpoint('http://[::1]:4317/')).toBe('http://[::1]:4317')
  })

  test('the port stays with another host', () => {
    expect(endpointAt('host.docker.internal', 'http://0.0.0.0:5000')).toBe('http://host.docker.internal:5000')
    expect(authority('http://0.0.0.0:5000')).toBe('127.0.0.1:5000')
  })

  test('loopback is told from wider', () => {
    expect(isLoopbackOnly('http://127.0.0.1:4317')).toBe(true)
    expect(isLoopbackOnly('http://[::1]:4317')).toBe(true)
    expect(isLoopbackOnly('http://0.0.0.0:4317')).toBe(false)
    expect(isLoopbackOnly('http://192.168.0.7:4317')).toBe(false)
  })
})

describe('snippets', () => {
  test('every language and place has one', () => {
    expect(snippets(choice).map((snippet) => snippet.name)).toEqual([
      'Node.js',
      'Python',
      'Java',
      'Go',
      '.NET',
      'Ruby',
      'PHP',
      'Browser',
      'Collector',
      'Docker',
      'WSL',
      'curl',
    ])
  })

  test('each names the port of the protocol that was chosen', () => {
    for (const snippet of snippets({ ...choice, protocol: 'grpc' })) {
      const httpOnly = ['ruby', 'php', 'browser', 'curl'].includes(snippet.id)
      const code = snippet.steps.map((step) => step.code).join('\n')
      expect(code, snippet.name).toContain(httpOnly ? '14002' : '14001')
      expect(code, snippet.name).not.toContain(httpOnly ? '14001' : '14002')
    }
    for (const snippet of snippets(choice))
      expect(snippet.steps.map((step) => step.code).join('\n'), snippet.name).toContain('14002')
  })

  test('protocol and port always agree', () => {
    for (const protocol of ['grpc', 'http'] as const)
      for (const snippet of snippets({ ...choice, protocol })) {
        const code = snippet.steps.map((step) => step.code).join('\n')
        if (/OTLP_PROTOCOL.*grpc/.test(code)) expect(code, snippet.name).toContain('14001')
        if (/OTLP_PROTOCOL.*http\/protobuf/.test(code)) expect(code, snippet.name).toContain('14002')
      }
  })

  test('variables are written for the shell', () => {
    expect(text('node')).toContain('export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:14002"\n')
    expect(text('node', { shell: 'powershell' })).toContain(
      '$env:OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:14002"\n',
    )
  })

  test('containers and WSL see this machine under another name', () => {
    expect(text('docker')).toContain('http://host.docker.internal:14002')
    expect(text('docker')).toContain('--add-host=host.docker.internal:host-gateway')
    expect(text('wsl')).toContain(`http://$(ip route show default | awk '{print $3; exit}'):14002`)
  })

  test('all three signals are sent', () => {
    for (const id of ['node', 'python', 'java', 'go', 'dotnet', 'ruby', 'php', 'docker', 'wsl'])
      for (const signal of ['TRACES', 'METRICS', 'LOGS'])
        expect(text(id), id).toMatch(new RegExp(`OTEL_${signal}_EXPORTER(=|: )"?otlp`))
    expect(text('collector').match(/^ {4}(traces|metrics|logs):$/gm)).toHaveLength(3)
  })

  test('the Collector is given a target without a scheme for gRPC, with one for HTTP', () => {
    expect(text('collector', { protocol: 'grpc' })).toContain('endpoint: 127.0.0.1:14001\n')
    expect(text('collector')).toContain('endpoint: http://127.0.0.1:14002\n')
  })

  test('no line ends in a blank and nothing is left to fill in but names', () => {
    for (const shell of ['posix', 'powershell'] satisfies Shell[])
      for (const snippet of snippets({ ...choice, shell }))
        for (const step of snippet.steps) {
          expect(step.code, `${snippet.name}: ${step.title}`).not.toMatch(/[ \t]$/m)
          expect(step.code, `${snippet.name}: ${step.title}`).not.toMatch(/undefined|<your|TODO/i)
        }
  })
})
