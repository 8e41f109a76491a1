/** What every page of ours stands on, the app's as an exported file's: React's checks, the theme, and the query cache. */

import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { styleNonce } from './client/nonce.ts'
import { queryClient } from './client/query-client.ts'
import { cssVariables, theme } from './ui/theme.ts'

export function PageGround({ children }: { readonly children: ReactNode }) {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}
