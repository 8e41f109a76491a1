/** What this tab is sending, so that it can say so after it was loaded anew in the middle. */

interface Sending {
  readonly id: string
  readonly name: string
}

const key = 'spanlight.sending'

export function rememberSending(sending: Sending): void {
  write([...read(), sending])
}

export function forgetSending(id: string): void {
  write(read().filter((each) => each.id !== id))
}

/** Everything that was being sent when the page went away; told once. */
export function takeInterrupted(): readonly Sending[] {
  const interrupted = read()
  write([])
  return interrupted
}

function read(): readonly Sending[] {
  try {
    const list: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(list) ? list.filter(isSending) : []
  } catch {
    return []
  }
}

function isSending(value: unknown): value is Sending {
  if (typeof value !== 'object' || value === null) return false
  return 'id' in value && typeof value.id === 'string' && 'name' in value && typeof value.name === 'string'
}

function write(list: readonly Sending[]): void {
  try {
    window.sessionStorage.setItem(key, JSON.stringify(list))
  } catch {
    // Without storage a reload can't be told of; the engine ends the import by itself.
  }
}
