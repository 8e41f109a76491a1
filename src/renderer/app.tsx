/** The app: theme, query cache and router around the screens, or why there is nothing to show. */

import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense, useEffect } from 'react'
import { host, useEngineState } from './client/host.ts'
import { styleNonce } from './client/nonce.ts'
import { queryClient } from './client/query-client.ts'
import { router } from './routes.tsx'
import { NoticeArea } from './ui/notice.tsx'
import { cssVariables, theme } from './ui/theme.ts'

export function App() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <WindowTheme />
        <NoticeArea />
        <QueryClientProvider client={queryClient}>
          <Screens />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}

const StartupFailure = lazy(() =>
  import('./features/startup-failure/startup-failure.tsx').then((module) => ({ default: module.StartupFailure })),
)

function Screens() {
  const engine = useEngineState()
  if (engine?.kind !== 'failed') return <RouterProvider router={router} />
  return (
    <Suspense>
      <StartupFailure key={engine.failure.report} failure={engine.failure} />
    </Suspense>
  )
}

/** Lets the desktop window, its menus and dialogs be light or dark as the page is. */
function WindowTheme() {
  const { colorScheme } = useMantineColorScheme()
  useEffect(() => void host?.settings({ theme: colorScheme }), [colorScheme])
  return null
}
