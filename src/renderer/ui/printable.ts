/** Text from outside made safe and readable on screen: no colour codes, nothing invisible, no reordering. */

// Written as code points: control characters must not stand in a pattern literally.
const esc = String.fromCodePoint(0x1b)
const csi = String.fromCodePoint(0x9b)
const bell = String.fromCodePoint(0x07)

/** ECMA-48 sequences: CSI (colours, cursor), OSC (titles, links) and the two-character rest. */
const terminalSequence = new RegExp(
  `(?:${esc}\\[|${csi})[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)|${esc}[ -/]*[0-~]`,
  'g',
)

const firstVisible = 0x20
const deleteCharacter = 0x7f
const lastC1 = 0x9f

/** `\x07`, `\u202e`: control pictures would be prettier, where a font has them. */
function escaped(code: number): string {
  return code > 0xff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\x${code.toString(16).padStart(2, '0')}`
}

/** Characters that reorder what surrounds them, so that a text reads differently from what it says. */
function reorders(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x200e || code === 0x200f
}

function mustShow(code: number): boolean {
  return code < firstVisible || (code >= deleteCharacter && code <= lastC1) || reorders(code)
}

/** Many lines: terminal sequences go, line breaks and tabs stay, every other control character becomes visible. */
export function printable(text: string): string {
  const plain = text.replace(terminalSequence, '').replace(/\r\n?/g, '\n')
  let shown = ''
  let from = 0
  for (let index = 0; index < plain.length; index++) {
    const code = plain.charCodeAt(index)
    if (!mustShow(code) || code === 0x0a || code === 0x09) continue
    shown += plain.slice(from, index) + escaped(code)
    from = index + 1
  }
  return from === 0 ? plain : shown + plain.slice(from)
}

/** One line of at most `maxCharacters`: line breaks show as ⏎, runs of blanks around them and tabs as one space. */
export function printableLine(text: string, maxCharacters: number): string {
  // Sequences may go, so look a little further than what is shown; the rest of a huge text is never touched.
  const beginning = text.slice(0, maxCharacters * 2)
  const line = printable(beginning)
    .trim()
    .replace(/[ \t]*\n\s*/g, ' ⏎ ')
    .replace(/\t+/g, ' ')
  return line.length > maxCharacters || beginning.length < text.length ? `${line.slice(0, maxCharacters)}…` : line
}
