/** A text from outside, whole lines kept; a huge one shows its beginning until all of it is asked for. */

import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { formatBytes } from './format.ts'
import styles from './long-text.module.css'
import { printable } from './printable.ts'

export interface LongTextProps {
  readonly text: string
  /** How much is shown at first; layout of megabytes of text would freeze the page. */
  readonly maxCharacters?: number
  /** False leaves long lines long, for what is read by its line beginnings. */
  readonly wrap?: boolean
}

export function LongText({ text, maxCharacters = 20_000, wrap = true }: LongTextProps) {
  const [shownWhole, setShownWhole] = useState<string>()
  const cut = text.length > maxCharacters && shownWhole !== text
  return (
    <>
      <span className={wrap ? styles.text : styles.lines}>{printable(cut ? text.slice(0, maxCharacters) : text)}</span>
      {cut ? (
        <UnstyledButton className={styles.more ?? ''} onClick={() => setShownWhole(text)}>
          … show all {formatBytes(text.length)}
        </UnstyledButton>
      ) : null}
    </>
  )
}
