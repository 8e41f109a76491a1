import { describe, expect, test } from 'vitest'
import { type ImportProgress, importChunkBytes } from '#shared/contract/imports.ts'
import { type PickedFile, sendFiles, UnreadableFile } from './import-sender.ts'

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
  return sendFiles(api, { name: 'n', files, signal, onBegin: () => undefined })
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

  test('and one that can not be read any more ends the import', async () => {
    const target = engine()
    const gone = file('gone', 3)
    const broken = Object.assign(gone.file.slice(), { arrayBuffer: () => Promise.reject(new Error('gone')) })
    Object.assign(gone.file, { slice: () => broken })
    await expect(send(target, [gone])).rejects.toThrow(UnreadableFile)
    expect(target.calls).toEqual(['begin n 3', 'cancel'])
  })
})
