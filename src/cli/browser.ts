/** Opens the app in the person's browser, where there is one to open it in. */

/** Whether this process runs where a window can appear and somebody might look at it. */
export function canShowBrowser(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (environment.CI) return false
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/** Never throws: the address was printed and can be opened by hand. */
export async function showBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open')
    const browser = await open(url)
    browser.on('error', () => undefined)
  } catch {
    console.error('spanlight: no browser could be opened; open the address above by hand.')
  }
}
