/** The engine's procedures as typed calls (`api`) and as TanStack Query options (`orpc`). */

import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '#shared/contract/index.ts'
import { connection } from './connection.ts'

export type Api = ContractRouterClient<Contract>

export const api: Api = createORPCClient(connection.link)
export const orpc = createTanstackQueryUtils(api)
