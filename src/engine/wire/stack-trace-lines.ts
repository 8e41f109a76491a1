/** Tells which plain lines go on with the record before them: stack traces of every language, and indented text. */

const traceback = /^(?:Traceback \(most recent call last\)|\s*\+ Exception Group Traceback)/
const chained = /^(?:During handling of the above exception|The above exception was the direct cause)/
const javaMore = /^(?:Caused by: |Suppressed: |\.{3} \d+ (?:more|common frames)|--- End of (?:inner |stack ))/
const exceptionHead =
  /^(?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable|Failure)\b|^[A-Z]\w*(?:Error|Exception)(?: \[\w+\])?(?::|$)/
const goStart = /^goroutine \d+ \[|^\[signal SIG/
const goFrame = /^(?:[\w./*()-]+\(.*\)|created by .*|goroutine \d+ \[.*|exit status \d+)$/
const rustNote = /^(?:note: |stack backtrace:|\s*\d+: )/
const closing = /^[\]})]+[,;]?$/
const indented = /^[ \t]+\S/

/** Longer ones go on in a record of their own. */
const maxLines = 2_000
const maxCharacters = 256 * 1024

/** The lines of one record so far. */
export class OpenRecord {
  readonly #lines: string[]
  /** Its first line tells a time or a level: what follows without either is more likely its own. */
  readonly #isMarked: boolean
  #characters: number
  #blank = 0
  #mode: 'plain' | 'traceback' | 'raised' | 'go' | 'rust'

  constructor(line: string, isMarked: boolean) {
    this.#lines = [line]
    this.#isMarked = isMarked
    this.#characters = line.length
    this.#mode = traceback.test(line) ? 'traceback' : line.startsWith("thread '") ? 'rust' : 'plain'
  }

  get text(): string {
    return this.#lines.join('\n')
  }

  /** Takes `line` if it goes on with this record. `isMarked`: it tells a time or a level of its own. */
  take(line: string, isMarked: boolean): boolean {
    if (this.#lines.length >= maxLines || this.#characters + line.length > maxCharacters) return false
    if (line.trim() === '') {
      this.#blank++
      // Two blank lines part paragraphs, not stack traces.
      return this.#blank < 3
    }
    if (!this.#continues(line, isMarked)) return false
    for (; this.#blank > 0; this.#blank--) this.#lines.push('')
    this.#lines.push(line)
    this.#characters += line.length + 1
    return true
  }

  #continues(line: string, isMarked: boolean): boolean {
    if (indented.test(line)) return true
    if (traceback.test(line)) {
      const isNext = this.#mode === 'raised' || (this.#isMarked && this.#blank === 0)
      if (isNext) this.#mode = 'traceback'
      return isNext
    }
    if (this.#mode === 'traceback') {
      this.#mode = 'raised'
      return !isMarked
    }
    if (this.#mode === 'raised' && chained.test(line)) return true
    if (goStart.test(line)) this.#mode = 'go'
    if (this.#mode === 'go') return goFrame.test(line) || goStart.test(line)
    if (this.#mode === 'rust') return this.#lines.length === 1 ? !isMarked : rustNote.test(line)
    if (javaMore.test(line)) return true
    if (closing.test(line)) return this.#lines.length > 1
    return this.#blank === 0 && this.#isMarked && this.#lines.length === 1 && !isMarked && exceptionHead.test(line)
  }
}
