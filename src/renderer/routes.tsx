/** Which address shows which screen. Screens are loaded when first opened; range and service stay in every link. */

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router'
import { useStatusValue } from './client/live.ts'
import { parseSearch, stringifySearch } from './client/search-params.ts'
import { ExportsDialog } from './features/exports/exports-dialog.tsx'
import { Frame } from './features/frame/frame.tsx'
import { Imports } from './features/imports/imports.tsx'
import { openPalette, Palette } from './features/palette/palette.tsx'
import { SavedViews } from './features/saved-views/saved-views.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { ErrorState } from './ui/error-state.tsx'

function Root() {
  return (
    <>
      <Frame onSearch={openPalette} tools={<SavedViews />}>
        <Outlet />
      </Frame>
      <Palette />
      <Imports />
      <ExportsDialog />
    </>
  )
}

/** The first screen: Connect while nothing was ever received, else the Overview. */
function Home() {
  const isEmpty = useStatusValue((status) => status.counts.spans + status.counts.logs + status.counts.points === 0)
  return <Navigate to={isEmpty ? '/connect' : '/overview'} replace />
}

// Each screen reads its own part of the search through its schema, so the routes pass everything on.
const anySearch = (search: Record<string, unknown>): Record<string, unknown> => search

const rootRoute = createRootRoute({
  component: Root,
  validateSearch: anySearch,
  search: { middlewares: [retainSearchParams(['range', 'start', 'end', 'service'])] },
  notFoundComponent: () => (
    <EmptyState title="There is no such page">The address may be mistyped, or of another version.</EmptyState>
  ),
})

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Home })

const connectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect',
  component: lazyRouteComponent(() => import('./features/connect/connect-view.tsx'), 'ConnectView'),
})

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('./features/overview/overview-view.tsx'), 'OverviewView'),
})

const tracesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces',
  component: lazyRouteComponent(() => import('./features/traces/traces-view.tsx'), 'TracesView'),
})

const traceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/$traceId',
  component: lazyRouteComponent(() => import('./features/trace/trace-view.tsx'), 'TraceView'),
  // Another trace is another screen: nothing folded, selected or scrolled in the last one carries over.
  remountDeps: ({ params }) => params,
})

const logsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/logs',
  component: lazyRouteComponent(() => import('./features/logs/logs-view.tsx'), 'LogsView'),
})

const metricsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/metrics',
  component: lazyRouteComponent(() => import('./features/metrics/metrics-view.tsx'), 'MetricsView'),
})

const sessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./features/sessions/sessions-view.tsx'), 'SessionsView'),
})

const notesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notes',
  component: lazyRouteComponent(() => import('./features/notes/notes-view.tsx'), 'NotesView'),
})

const loadLabRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/load-lab',
  component: lazyRouteComponent(() => import('./features/loadlab/loadlab-view.tsx'), 'LoadlabView'),
})

const sqlRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sql',
  component: lazyRouteComponent(() => import('./features/sql/sql-view.tsx'), 'SqlView'),
})

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/settings-view.tsx'), 'SettingsView'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    connectRoute,
    overviewRoute,
    tracesRoute,
    traceRoute,
    logsRoute,
    metricsRoute,
    notesRoute,
    sessionsRoute,
    loadLabRoute,
    sqlRoute,
    settingsRoute,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
})
