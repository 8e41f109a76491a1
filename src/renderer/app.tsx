/** The app: theme, query cache and router around the screens, or why there is nothing to show. */

import { useMantineColorScheme } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { host, useEngineState } from './client/host.ts'
import { PageGround } from './page-ground.tsx'
import { router } from './routes.tsx'
import { NoticeArea } from './ui/notice.tsx'

export function App() {
  return (
    <PageGround>
      <WindowTheme />
      <NoticeArea />
      <Screens />
    </PageGround>
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
