/** The browser's own dialog for choosing files. */

import type { PickedFile } from './import-sender.ts'

/** None when the person cancels. Must be called from a click or a key. */
export function chooseFiles(): Promise<readonly PickedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.onchange = () => resolve(Array.from(input.files ?? [], (file) => ({ path: file.name, file })))
    input.oncancel = () => resolve([])
    input.click()
  })
}
