/** Saves what comes in chunks as a file: straight to disk where the browser lets a page do that, else as a download. */

import { saveFile } from '../../ui/save-file.ts'

export interface FileSink {
  write(chunk: Blob): Promise<void>
  /** The file is complete. */
  close(): Promise<void>
  /** Nothing of it stays. */
  abort(): Promise<void>
}

interface PickedFile {
  createWritable(): Promise<{
    write(data: Blob): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
}

type Picker = (options: { readonly suggestedName: string }) => Promise<PickedFile>

/** From here on a person is asked where to, so that the file goes to disk as it comes. */
const streamedBytes = 200 * 1024 * 1024

/**
 * Must be called from a click. Small files become a download; large ones are written where a person says (File System Access),
 * where the browser has that. Throws an `AbortError` when the person chooses no place.
 */
export async function openFileSink(
  fileName: () => string,
  mediaType: string,
  expectedBytes: number,
): Promise<FileSink> {
  const picker = (window as { readonly showSaveFilePicker?: Picker }).showSaveFilePicker
  if (picker === undefined || expectedBytes < streamedBytes) return downloadSink(fileName, mediaType)
  const file = await picker.call(window, { suggestedName: fileName() })
  const writable = await file.createWritable()
  return { write: (chunk) => writable.write(chunk), close: () => writable.close(), abort: () => writable.abort() }
}

/** Chunks are blobs, which browsers keep on disk when there are many. */
function downloadSink(fileName: () => string, mediaType: string): FileSink {
  const chunks: Blob[] = []
  return {
    write: async (chunk) => void chunks.push(chunk),
    close: async () => saveFile(fileName(), new Blob(chunks, { type: mediaType })),
    abort: async () => {
      chunks.length = 0
    },
  }
}
