/** What a chart's tooltip says: when, and a row for each figure. */

import type { ChartMark } from './series.ts'

export interface TooltipRow {
  readonly id: string
  readonly name: string
  readonly value: string
  /** A CSS colour of the mark before the name. */
  readonly color?: string
}

export interface TooltipContent {
  readonly title: string
  readonly rows: readonly TooltipRow[]
  /** A quiet last line. */
  readonly note?: string | undefined
  /** What was marked at this time. */
  readonly marks?: readonly ChartMark[]
  /** Everything in a sentence, for a screen reader. */
  readonly text: string
}

export function tooltipContent(title: string, rows: readonly TooltipRow[], note?: string): TooltipContent {
  const figures = rows.map(({ name, value }) => `${name} ${value}`).join(', ')
  return { title, rows, note, text: [`${title}: ${figures}`, note ?? ''].filter((part) => part !== '').join('. ') }
}

/** The same with the marks that touch the time it speaks of. */
export function withMarks(content: TooltipContent, marks: readonly ChartMark[]): TooltipContent {
  if (marks.length === 0) return content
  return { ...content, marks, text: `${content.text}. Marked: ${marks.map(({ label }) => label).join(', ')}` }
}
