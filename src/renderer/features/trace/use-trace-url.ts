/**
 * The trace screen's URL state, mirrored: a key press or drag shows at once and reaches the URL a moment later,
 * because a navigation per key press is too slow to hold a key down.
 */

import { useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useUrlState } from '../../client/url-state.ts'
import { type TraceSearch, traceSearchSchema } from './trace-url.ts'

const writeAfterMs = 200

export type PatchTraceUrl = (patch: { readonly [Key in keyof TraceSearch]?: TraceSearch[Key] | undefined }) => void

export function useTraceUrl(): [TraceSearch, PatchTraceUrl] {
  const [url, setUrl] = useUrlState(traceSearchSchema)
  const [local, setLocal] = useState(url)
  const written = useRef(url)
  const router = useRouter()
  const [path] = useState(() => router.latestLocation.pathname)

  useEffect(() => {
    // Anything but our own writing (a link, back, forward) wins over what is on screen.
    if (same(url, written.current)) return
    written.current = url
    setLocal(url)
  }, [url])

  useEffect(() => {
    if (same(local, written.current)) return
    const timer = setTimeout(() => {
      // On the way to another screen this one still stands until that is loaded; the address is no longer its own.
      if (router.latestLocation.pathname !== path) return
      written.current = local
      setUrl(
        { span: local.span, from: local.from, to: local.to, focus: local.focus, logs: local.logs },
        { replace: true },
      )
    }, writeAfterMs)
    return () => clearTimeout(timer)
  }, [local, setUrl, router, path])

  const patch = useCallback<PatchTraceUrl>((changes) => setLocal((before) => ({ ...before, ...changes })), [])
  return [local, patch]
}

function same(a: TraceSearch, b: TraceSearch): boolean {
  return a.span === b.span && a.from === b.from && a.to === b.to && a.focus === b.focus && a.logs === b.logs
}
