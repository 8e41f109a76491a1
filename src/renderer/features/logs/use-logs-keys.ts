/** The log screen's keys: arrows and j/k move, Enter opens, End goes to the newest, `/` searches, Escape closes. */

import { useEffect, useRef } from 'react'
import { isTyping } from '../../ui/is-typing.ts'

export interface LogsKeys {
  readonly onMove: (step: number) => void
  readonly onOpen: () => void
  readonly onEnd: () => void
  readonly onSearch: () => void
  /** Undefined while nothing is open. */
  readonly onClose: (() => void) | undefined
}

/** What has the focus and answers these keys itself. */
const ownKeys =
  '[role="dialog"],[role="menu"],[role="listbox"],[role="combobox"],[role="separator"],[role="slider"],[role="radiogroup"]'
const ownEnter = 'a,button,[role="switch"],[role="checkbox"],input'

const rowsPerPage = 20

export function useLogsKeys(keys: LogsKeys): void {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event)) return
      if (event.target instanceof Element && event.target.closest(ownKeys)) return
      if (answer(event, now.current)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function answer(event: KeyboardEvent, keys: LogsKeys): boolean {
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      keys.onMove(1)
      return true
    case 'ArrowUp':
    case 'k':
      keys.onMove(-1)
      return true
    case 'PageDown':
      keys.onMove(rowsPerPage)
      return true
    case 'PageUp':
      keys.onMove(-rowsPerPage)
      return true
    case 'End':
      keys.onEnd()
      return true
    case '/':
      keys.onSearch()
      return true
    case 'Enter':
      if (event.target instanceof Element && event.target.closest(ownEnter)) return false
      keys.onOpen()
      return true
    case 'Escape':
      keys.onClose?.()
      return keys.onClose !== undefined
    default:
      return false
  }
}
