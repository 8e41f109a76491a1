/** Whether the app is ready: much of Electron may only be used before, or only after. */

let ready = false
let markReady: () => void = () => undefined

export const whenReady = new Promise<void>((resolve) => {
  markReady = resolve
})

export function isReady(): boolean {
  return ready
}

export function becomeReady(): void {
  ready = true
  markReady()
}

export function requireReady(what: string): void {
  if (!ready) throw new Error(`${what} cannot be called before app is ready`)
}
