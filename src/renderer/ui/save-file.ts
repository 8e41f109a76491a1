/** Hands a file to the person, where their browser puts what it saves. */

/** Long enough for any browser to have begun with it. */
const keptMs = 60_000

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs)
}
