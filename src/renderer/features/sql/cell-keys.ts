/** Where a key moves the active cell of a result. */

export interface CellPlace {
  readonly row: number
  readonly column: number
}

export interface CellSpace {
  readonly rows: number
  readonly columns: number
  readonly pageRows: number
}

/** Undefined for keys that don't move. With Ctrl or Cmd, Home and End go to the first and last cell of all. */
export function nextCell(key: string, isFar: boolean, from: CellPlace, space: CellSpace): CellPlace | undefined {
  const { rows, columns, pageRows } = space
  if (rows === 0 || columns === 0) return undefined
  const { row, column } = from
  const moves: Readonly<Record<string, CellPlace>> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + pageRows, column },
    PageUp: { row: row - pageRows, column },
    Home: { row: isFar ? 0 : row, column: 0 },
    End: { row: isFar ? rows - 1 : row, column: columns - 1 },
  }
  const to = moves[key]
  if (to === undefined) return undefined
  const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value))
  return { row: within(to.row, rows), column: within(to.column, columns) }
}
