/** Lends the page a storage that forgets, where the browser gives a file none: widths and theme then last as long as the page. */

export function lendStorage(): void {
  try {
    window.localStorage.getItem('')
  } catch {
    Object.defineProperty(window, 'localStorage', { value: forgetful() })
  }
}

function forgetful(): Storage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}
