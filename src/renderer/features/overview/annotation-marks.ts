/** Annotations as marks on the charts and rows of their list. */

import type { Annotation } from '#shared/contract/annotations.ts'
import type { ChartMark } from '../../ui/chart/series.ts'
import { printableLine } from '../../ui/printable.ts'

const colors: Readonly<Record<string, string>> = {
  fault: 'var(--error)',
  alert: 'var(--warn)',
  deployment: 'var(--s2)',
  note: 'var(--accent)',
}
const mostCharacters = 120

export function annotationColor(kind: string): string {
  return colors[kind] ?? 'var(--s8)'
}

/** Annotations and notes count apart. */
export function annotationKey({ id, isNote }: Annotation): string {
  return isNote ? `note-${id}` : String(id)
}

/** Its text, or its kind where it has none. */
export function annotationText({ text, kind }: Annotation): string {
  return printableLine(text, mostCharacters) || printableLine(kind, mostCharacters) || '(no text)'
}

export function annotationMarks(annotations: readonly Annotation[]): readonly ChartMark[] {
  return annotations.map((annotation) => ({
    id: annotationKey(annotation),
    label: annotationText(annotation),
    startUnixNano: BigInt(annotation.startUnixNano),
    endUnixNano: annotation.endUnixNano === null ? undefined : BigInt(annotation.endUnixNano),
    color: annotationColor(annotation.kind),
  }))
}
