import { describe, expect, test } from 'vitest'
import { type ImportProgress, importChunkBytes } from '#shared/contract/imports.ts'
import { type PickedFile, sendFiles } from './import-sender.ts'

const file = (path: string, bytes: number): PickedFile => ({
  path,
  file: new File([new Uint8Array(bytes)], path, { lastModified: 1_700_000_000_000 }),
})

/** An engine that takes everything, or stops after so many chunks. */
function engine(stopsAfter = Number.POSITIVE_INFINITY) {
  const calls: string[] = []
  const progress = { state: 'running' } as ImportProgress
  return {
    calls,
    begin: async (input: { name: string; sizeBytes?: number | null | undefined }) => {
      calls.push(`begin ${input.name} ${input.sizeBytes}`)
      return { id: 'i' }
    },
    append: async ({ chunk, file }: { chunk: Blob; file?: string | undefined }) => {
      calls.push(`append ${chunk.size}${file === undefined ? '' : ` ${file}`}`)
      const chunks = calls.filter((call) => call.startsWith('append')).length
      return chunks >= stopsAfter ? { ...progress, state: 'failed' } : progress
    },
    refuse: async ({ file, reason }: { file: string | null; reason: string }) => {
      calls.push(`refuse ${file}`)
      expect(reason).toMatch(/can't be read/)
      return progress
    },
    finish: async () => {
      calls.push('finish')
      return {}
    },
    cancel: async () => {
      calls.push('cancel')
      return {}
    },
  }
}

function send(target: ReturnType<typeof engine>, files: readonly PickedFile[], signal = new AbortController().signal) {
  const api = target as unknown as Parameters<typeof sendFiles>[0]
  return sendFiles(api, { name: 'n', files, as: 'auto', signal, onBegin: () => undefined })
}

describe('files are sent', () => {
  test('in chunks, an empty one too', async () => {
    const target = engine()
    await send(target, [file('a', importChunkBytes + 5)])
    await send(target, [file('b', 0)])
    const whole = `append ${importChunkBytes}`
    expect(target.calls).toEqual([
      `begin n ${importChunkBytes + 5}`,
      whole,
      'append 5',
      'finish',
      'begin n 0',
      'append 0',
      'finish',
    ])
  })

  test('as one import with the path of each', async () => {
    const target = engine()
    await send(target, [file('d/a', 3), file('d/b', 4)])
    expect(target.calls).toEqual(['begin n 7', 'append 3 d/a', 'append 4 d/b', 'finish'])
  })

  test('until the engine has enough', async () => {
    const target = engine(1)
    await send(target, [file('a', 3 * importChunkBytes)])
    expect(target.calls.slice(-2)).toEqual([`append ${importChunkBytes}`, 'finish'])
  })

  test('until they are cancelled', async () => {
    const target = engine()
    await send(target, [file('a', 3)], AbortSignal.abort())
    expect(target.calls).toEqual(['begin n 3', 'cancel'])
  })

  test('and one that can not be read, or not to its end, is told beside the others', async () => {
    const target = engine()
    const gone = file('d/gone', 2 * importChunkBytes)
    const slice = gone.file?.slice.bind(gone.file)
    const broken = Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('gone')) })
    Object.assign(gone.file ?? {}, {
      slice: (start: number, end: number) => (start === 0 ? slice?.(start, end) : broken),
    })
    await send(target, [gone, { path: 'd/denied', file: undefined }, file('d/good', 4)])
    expect(target.calls.slice(1)).toEqual([
      `append ${importChunkBytes} d/gone`,
      'refuse d/gone',
      'refuse d/denied',
      'append 4 d/good',
      'finish',
    ])
  })

  test('and nothing else that can not be read either is told', async () => {
    const target = engine()
    await send(target, [{ path: 'gone', file: undefined }])
    expect(target.calls).toEqual(['begin n 0', 'refuse null', 'finish'])
  })
})
