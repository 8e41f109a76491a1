/** A word about what was just done, for things done where no control is in sight; goes by itself. */

import { useEffect, useSyncExternalStore } from 'react'
import styles from './notice.module.css'

const shownMs = 2_500

let current = ''
const listeners = new Set<() => void>()

function set(text: string): void {
  current = text
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows `text` for a moment, in place of what is shown now. */
export function notice(text: string): void {
  set(text)
}

/** Where notices appear; stands once in the app. */
export function NoticeArea() {
  const text = useSyncExternalStore(subscribe, () => current)
  useEffect(() => {
    const timer = text === '' ? undefined : setTimeout(() => set(''), shownMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div role="status" className={styles.area}>
      {text === '' ? null : <span className={styles.notice}>{text}</span>}
    </div>
  )
}
