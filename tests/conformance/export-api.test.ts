/** Exports over the contract: previewed, fetched chunk by chunk over a WebSocket, cancelled, and with rules that are kept. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ExportDesk } from '../../src/engine/export-desk.ts'
import { type ExportRequest, exportRequestSchema } from '../../src/shared/contract/exports.ts'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'
import { scratchStore } from '../support/scratch-store.ts'

let server: RunningServer
let client: ApiClient
let api: ApiClient['api']

beforeAll(async () => {
  server = await runningServer()
  client = apiClient(server)
  api = client.api
  const spans = Array.from({ length: 4_000 }, (_, index) => ({
    trace: (index % 40) + 1,
    id: index + 1,
    name: 'work',
    attributes: { 'user.email': `u${index % 7}@example.com`, padding: 'x'.repeat(200) },
  }))
  await server.send('traces', tracesOf('shop', spans))
  await server.send('logs', logsOf('shop', [{ body: 'login password=hunter2', trace: 1 }]))
})

afterAll(async () => {
  client.socket.close()
  await server[Symbol.asyncDispose]()
})

const request = (of: unknown): ExportRequest => exportRequestSchema.parse(of)

async function fetched(of: unknown) {
  const { exportId, fileName } = await api.exports.start(request(of))
  const chunks: Blob[] = []
  for (;;) {
    const { chunk, progress } = await api.exports.next({ exportId })
    if (chunk) chunks.push(chunk)
    if (progress.done) return { fileName, chunks, progress, text: await new Blob(chunks).text() }
  }
}

describe('an export', () => {
  it('comes in chunks that make the file, redacted unless told', async () => {
    const { chunks, progress, text, fileName } = await fetched({ selection: {}, format: 'otlp-jsonl' })
    expect(chunks.length).toBeGreaterThan(2)
    expect(progress).toMatchObject({
      counts: { traces: 40, spans: 4_000, logs: 1, points: 0 },
      share: 1,
      bytes: Buffer.byteLength(text),
      redacted: 4_001,
    })
    expect(fileName).toMatch(/^spanlight-\d{4}-\d{2}-\d{2}-\d{4}\.jsonl$/)
    expect(text).not.toContain('example.com')
    expect(text).not.toContain('hunter2')
    expect(new Set(text.match(/\[email:[0-9a-f]{10}\]/g)).size).toBe(7)
    const one = {
      selection: { traceIds: [traceIdOf(1)] },
      format: 'jaeger',
      redaction: { rules: [], names: [], patterns: [] },
    }
    const trace = await fetched(one)
    expect(trace.fileName).toBe('trace-00000000.jaeger.json')
    expect(trace.text).toContain('u0@example.com')
  })

  it('is previewed with counts, its size, and what would change', async () => {
    const whole = request({ selection: {}, format: 'otlp-jsonl' })
    const preview = await api.exports.preview(whole)
    expect(preview).toMatchObject({ counts: { traces: 40, spans: 4_000, logs: 1 }, complete: true, notices: [] })
    const { text } = await fetched(whole)
    expect((preview.bytes ?? 0) / text.length).toBeCloseTo(1, 1)
    expect(preview.redaction.samples).toContainEqual(
      expect.objectContaining({ rule: 'emails', where: 'attribute user.email', before: 'u0@example.com' }),
    )
    const jaeger = await api.exports.preview(request({ selection: {}, format: 'jaeger' }))
    expect(jaeger.notices).toEqual(['Jaeger JSON leaves out the logs and metrics of the selection.'])
  })

  it('is previewed with the notes that go with its traces', async () => {
    const traceId = traceIdOf(2)
    await api.notes.add({ subject: { traceId }, text: 'ask note@example.com' })
    const ofNotes = expect.objectContaining({ rule: 'emails', where: 'note', before: 'ask note@example.com' })
    const page = await api.exports.preview(request({ selection: { traceIds: [traceId] }, format: 'html' }))
    expect(page.redaction.samples).toContainEqual(ofNotes)
    const lines = await api.exports.preview(request({ selection: { traceIds: [traceId] }, format: 'otlp-jsonl' }))
    expect(lines.redaction.samples).not.toContainEqual(ofNotes)
  })

  it('ends when it is cancelled, and says why it fails', async () => {
    const { exportId } = await api.exports.start(request({ selection: {}, format: 'otlp-jsonl' }))
    await api.exports.next({ exportId })
    await api.exports.cancel({ exportId })
    await expect(api.exports.next({ exportId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(fetched({ selection: { service: 'nobody' }, format: 'jaeger' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Nothing that is stored matches'),
    })
    await expect(fetched({ selection: { signals: ['logs'] }, format: 'zipkin' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  })

  it('of which four are under way keeps a fifth from starting', async () => {
    const all = request({ selection: {}, format: 'otlp-jsonl' })
    const started = [await api.exports.start(all), await api.exports.start(all), await api.exports.start(all)]
    started.push(await api.exports.start(all))
    await expect(api.exports.start(all)).rejects.toMatchObject({ code: 'BUSY' })
    for (const { exportId } of started) await api.exports.cancel({ exportId })
    const atOnce = await Promise.allSettled(Array.from({ length: 6 }, () => api.exports.start(all)))
    const begun = atOnce.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
    expect(begun).toHaveLength(4)
    for (const { exportId } of begun) await api.exports.cancel({ exportId })
    await fetched(all)
  })

  it('is given up when nobody asks for more of it, but not while somebody waits', async () => {
    using store = scratchStore()
    store.send('traces', tracesOf('shop', [{ id: 1, name: 'work' }]))
    const query = (): never => expect.unreachable()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const desk = new ExportDesk({ file: store.file, query, command: query })
    const redaction = { rules: [], names: [], patterns: [] }
    const { exportId } = await desk.start(request({ selection: {}, format: 'jaeger', redaction }))
    const first = desk.next(exportId)
    vi.advanceTimersByTime(600_000)
    expect((await first).bytes?.length).toBeGreaterThan(0)
    expect((await desk.next(exportId)).progress.done).toBe(true)

    const { exportId: left } = await desk.start(request({ selection: {}, format: 'jaeger', redaction }))
    await desk.next(left)
    vi.advanceTimersByTime(61_000)
    await expect(desk.next(left)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    vi.useRealTimers()
  })

  it('uses the rules that are kept', async () => {
    const rules = { rules: ['secrets' as const], names: ['pad*'], patterns: ['wor*'] }
    expect(await api.exports.setRedaction(rules)).toEqual(rules)
    const { text } = await fetched({ selection: { traceIds: [traceIdOf(1)] }, format: 'csv' })
    expect(text).toContain('u0@example.com')
    expect(text).toMatch(/padding"":""\[redacted:/)
  })

  it('of a table on screen is redacted alike, equal values alike under one key', async () => {
    await api.exports.setRedaction({ rules: ['emails', 'secrets'], names: [], patterns: [] })
    const cells = [
      { name: 'body', text: 'mail to a@example.com' },
      { name: 'password', text: 'hunter2' },
      { name: 'body', text: 'nothing' },
    ]
    const [first, second] = await Promise.all([
      api.exports.redactCells({ key: '0'.repeat(64), cells }),
      api.exports.redactCells({ key: '0'.repeat(64), cells }),
    ])
    expect(first.texts).toEqual([
      expect.stringMatching(/^mail to \[email:[0-9a-f]{10}\]$/),
      expect.stringMatching(/^\[secret:[0-9a-f]{10}\]$/),
      'nothing',
    ])
    expect(second).toEqual(first)
    const other = await api.exports.redactCells({ key: '1'.repeat(64), cells })
    expect(other.texts[0]).not.toBe(first.texts[0])
    await expect(api.exports.redactCells({ key: '', cells })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})
