/** Links and files the app is opened with, kept until somebody can answer them. */

export interface Opened {
  readonly links: readonly string[]
  readonly files: readonly string[]
}

/** They may come before the app is ready: macOS sends the ones that started it as its first events. */
export class OpenedQueue {
  #waiting: Opened = { links: [], files: [] }
  #answer: ((opened: Opened) => void) | undefined

  add({ links = [], files = [] }: Partial<Opened>): void {
    if (links.length + files.length === 0) return
    if (this.#answer) this.#answer({ links, files })
    else this.#waiting = { links: [...this.#waiting.links, ...links], files: [...this.#waiting.files, ...files] }
  }

  /** From now on `answer` gets them, those that waited first. */
  answerWith(answer: (opened: Opened) => void): void {
    this.#answer = answer
    const waited = this.#waiting
    this.#waiting = { links: [], files: [] }
    this.add(waited)
  }
}
