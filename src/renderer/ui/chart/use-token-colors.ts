/** CSS colours for the canvas, which knows no variables; they follow the colour scheme while it is on show. */

import { useMemo, useSyncExternalStore } from 'react'

const schemeAttribute = 'data-mantine-color-scheme'
const tokenPattern = /^var\((--[\w-]+)\)$/

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [schemeAttribute] })
  return () => observer.disconnect()
}

function scheme(): string {
  return document.documentElement.getAttribute(schemeAttribute) ?? ''
}

/** Resolves `var(--token)` to its colour in the scheme now; another function after the scheme has changed. */
export function useTokenColors(): (color: string) => string {
  const current = useSyncExternalStore(subscribe, scheme)
  return useMemo(() => tokenReader(current), [current])
}

function tokenReader(_scheme: string): (color: string) => string {
  const style = getComputedStyle(document.documentElement)
  const known = new Map<string, string>()
  return (color) => {
    const token = tokenPattern.exec(color)?.[1]
    if (token === undefined) return color
    const value = known.get(token) ?? style.getPropertyValue(token).trim()
    known.set(token, value)
    return value
  }
}
