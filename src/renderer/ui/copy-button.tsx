/** Copies a text with one click and says so. */

import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, type Icon as IconType, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

export interface CopyButtonProps {
  /** What is copied; a function is asked at the click, for what is costly to write. */
  readonly text: string | (() => string | Promise<string>)
  /** Accessible name and tooltip, such as "Copy trace id". */
  readonly label: string
  /** A word beside the icon; without it the button is an icon alone. */
  readonly caption?: string
  /** In place of two sheets, where what is copied isn't what stands beside it. */
  readonly icon?: IconType
}

const feedbackMs = 1_600

type Outcome = 'idle' | 'copied' | 'failed'

/** Writes to the clipboard, through a hidden text box where the clipboard API is missing (plain HTTP on another host). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const box = document.createElement('textarea')
    const focused = document.activeElement
    box.value = text
    box.className = 'visually-hidden'
    document.body.append(box)
    box.select()
    // The only way there is without the clipboard API, deprecated or not.
    const copied = document.execCommand('copy')
    box.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return copied
  }
}

export function CopyButton({ text, label, caption, icon = IconCopy }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  async function copy() {
    const copied = await Promise.resolve(typeof text === 'function' ? text() : text)
      .then(copyText)
      .catch(() => false)
    setOutcome(copied ? 'copied' : 'failed')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOutcome('idle'), feedbackMs)
  }

  const Icon = outcome === 'copied' ? IconCheck : outcome === 'failed' ? IconX : icon
  const word = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Could not copy' : label
  const color = outcome === 'copied' ? 'var(--ok)' : outcome === 'failed' ? 'var(--error)' : undefined
  return (
    <>
      <Tooltip label={word} {...(outcome === 'idle' ? {} : { opened: true })}>
        {caption === undefined ? (
          <ActionIcon aria-label={label} onClick={copy} size={22}>
            <Icon size={14} color={color} />
          </ActionIcon>
        ) : (
          <Button aria-label={label} onClick={copy} leftSection={<Icon size={14} color={color} />}>
            {caption}
          </Button>
        )}
      </Tooltip>
      <span role="status" className="visually-hidden">
        {outcome === 'idle' ? '' : word}
      </span>
    </>
  )
}
