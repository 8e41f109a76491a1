/** A screen's state in the URL, read through a zod schema and written back as a patch. */

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { z } from 'zod'

interface UrlPatchOptions {
  /** True replaces the history entry instead of adding one: for what changes with every key or move. */
  readonly replace?: boolean
}

export type SetUrlState<T> = (patch: { readonly [K in keyof T]?: T[K] | undefined }, options?: UrlPatchOptions) => void

/**
 * The URL's search parameters as `schema` reads them, and a function that changes some of them and leaves the others.
 * Values arrive as strings, repeated keys as arrays of strings; give every field a `.catch()` or make it optional, so
 * that a mangled link still opens. Undefined, `false`, empty texts and lists are left out of the URL.
 */
export function useUrlState<S extends z.ZodType<object>>(schema: S): [z.output<S>, SetUrlState<z.output<S>>] {
  const search: unknown = useSearch({ strict: false })
  const navigate = useNavigate()
  const state = useMemo(() => schema.parse(search), [schema, search])
  const setState = useCallback<SetUrlState<z.output<S>>>(
    (patch, options) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...patch }),
        replace: options?.replace ?? false,
      }),
    [navigate],
  )
  return [state, setState]
}
