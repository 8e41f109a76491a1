/** Cuts the cells of a table into requests of bounded size, and puts together what comes back. */

export interface NamedText {
  /** Of the column. */
  readonly name: string
  readonly text: string
}

/** The engine: as many texts as there are cells, in their order. */
export type AskRedacted = (cells: readonly NamedText[]) => Promise<readonly string[]>

/** A message may have 1 MiB, and what is escaped in JSON takes up to six times its length. */
const maxPieceCharacters = 64 * 1024
const maxBatchCharacters = 128 * 1024
const maxBatchCells = 5_000

/** Each different cell is sent once. A text too long for one message is cut where it has blanks, which no secret has. */
export async function redactCells(cells: readonly NamedText[], ask: AskRedacted): Promise<string[]> {
  const redacted = new Map<string, string>()
  let batch: NamedText[] = []
  let characters = 0
  const send = async (): Promise<void> => {
    const sent = batch
    batch = []
    characters = 0
    const texts = sent.length === 0 ? [] : await ask(sent)
    for (const [index, cell] of sent.entries()) redacted.set(idOf(cell), texts[index] ?? '')
  }
  for (const { name, text } of cells) {
    for (const piece of piecesOf(text)) {
      const cell = { name, text: piece }
      if (redacted.has(idOf(cell))) continue
      redacted.set(idOf(cell), '')
      if (batch.length === maxBatchCells || characters + name.length + piece.length > maxBatchCharacters) await send()
      batch.push(cell)
      characters += name.length + piece.length
    }
  }
  await send()
  return cells.map(({ name, text }) =>
    piecesOf(text)
      .map((piece) => redacted.get(idOf({ name, text: piece })) ?? '')
      .join(''),
  )
}

function idOf({ name, text }: NamedText): string {
  return `${name}\0${text}`
}

function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    let end = start + maxPieceCharacters
    if (end < text.length) {
      const blank = Math.max(text.lastIndexOf(' ', end - 1), text.lastIndexOf('\n', end - 1))
      if (blank > start) end = blank + 1
    }
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}
