/** The screens of an exported file: its traces, where there are several, and each of them as the app shows it. */

import { useDocumentTitle } from '@mantine/hooks'
import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  useParams,
} from '@tanstack/react-router'
import type { ExportManifest } from '#shared/contract/html-export.ts'
import { parseSearch, stringifySearch } from './client/search-params.ts'
import { ExportedFrame } from './features/html-export/exported-frame.tsx'
import { TraceView } from './features/trace/trace-view.tsx'
import { addressOf, fragmentOf } from './standalone-address.ts'
import { StandaloneTraces } from './standalone-traces.tsx'
import { ErrorState } from './ui/error-state.tsx'
import { printableLine } from './ui/printable.ts'

export function standaloneRouter(manifest: ExportManifest) {
  const rootRoute = createRootRoute({
    component: () => (
      <ExportedFrame manifest={manifest}>
        <Outlet />
      </ExportedFrame>
    ),
    // Each screen reads its own part of the search through its schema.
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
    notFoundComponent: () => <Navigate to="/traces" replace />,
  })

  function TitledTrace() {
    const { traceId = '' } = useParams({ strict: false })
    const trace = manifest.traces.find((each) => each.traceId === traceId)
    const name = trace && printableLine(`${trace.rootService} ${trace.rootOperation}`, 100)
    useDocumentTitle(`${name ?? 'Trace'} · Spanlight`)
    return <TraceView />
  }

  const only = manifest.traces.length === 1 ? manifest.traces[0]?.traceId : undefined
  const listRoute = createRoute({
    getParentRoute: () => rootRoute,
    path: '/traces',
    component: () =>
      only === undefined ? (
        <StandaloneTraces traces={manifest.traces} />
      ) : (
        <Navigate to="/traces/$traceId" params={{ traceId: only }} replace />
      ),
  })
  const traceRoute = createRoute({
    getParentRoute: () => rootRoute,
    path: '/traces/$traceId',
    component: TitledTrace,
    remountDeps: ({ params }) => params,
  })
  return createRouter({
    routeTree: rootRoute.addChildren([listRoute, traceRoute]),
    history: createBrowserHistory({
      parseLocation: () => {
        const { pathname, search } = addressOf(window.location.hash)
        return { href: pathname + search, pathname, search, hash: '', state: window.history.state ?? {} }
      },
      createHref: (href) => `#${fragmentOf(href)}`,
    }),
    parseSearch,
    stringifySearch,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  })
}
