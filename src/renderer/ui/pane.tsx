/** Panes side by side or stacked, with a handle between them; they remember their sizes. */

import type { ReactNode } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import styles from './pane.module.css'

export interface PaneGroupProps {
  /** Names the group in local storage: each arrangement of panes needs its own. */
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  /** Ids of the panes now on show, in order. */
  readonly paneIds: readonly string[]
  /** `Pane`s with a `PaneHandle` between each two. */
  readonly children: ReactNode
}

export function PaneGroup({ id, orientation, paneIds, children }: PaneGroupProps) {
  const layout = useDefaultLayout({ id: `spanlight.panes.${id}`, panelIds: [...paneIds], storage: localStorage })
  return (
    <Group
      id={id}
      orientation={orientation}
      className={styles.group ?? ''}
      defaultLayout={layout.defaultLayout}
      onLayoutChanged={layout.onLayoutChanged}
    >
      {children}
    </Group>
  )
}

export interface PaneProps {
  readonly id: string
  /** Numbers are pixels, texts percentages or CSS lengths. */
  readonly defaultSize?: number | string
  readonly minSize?: number | string
  readonly maxSize?: number | string
  /** Keeps its pixels when the window grows; the others share the change. */
  readonly keepPixels?: boolean
  readonly children: ReactNode
}

export function Pane({ id, defaultSize, minSize, maxSize, keepPixels = false, children }: PaneProps) {
  return (
    <Panel
      id={id}
      className={styles.pane ?? ''}
      defaultSize={defaultSize}
      minSize={minSize}
      maxSize={maxSize}
      groupResizeBehavior={keepPixels ? 'preserve-pixel-size' : 'preserve-relative-size'}
    >
      {children}
    </Panel>
  )
}

/** Moves with the pointer and with the arrow keys. */
export function PaneHandle({ label }: { readonly label: string }) {
  return <Separator className={styles.handle ?? ''} aria-label={label} />
}
