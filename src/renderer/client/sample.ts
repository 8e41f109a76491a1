/** Opens the session that ships, with the time range on its data. */

import { api } from './api.ts'
import { switchSession } from './live.ts'

export function openSample(): Promise<void> {
  return switchSession(async () => {
    await api.sessions.openSample()
    const { sessions } = await api.sessions.list()
    const { startUnixNano: start, endUnixNano: end } = sessions.find(({ isCurrent }) => isCurrent) ?? {}
    if (start == null || end == null) return '/overview'
    return `/overview?start=${start}&end=${BigInt(end) + 1n}`
  })
}
