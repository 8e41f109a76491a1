/** Saved SQL statements as the palette's actions: each opens and runs on the SQL screen. */

import type { SpotlightActionData } from '@mantine/spotlight'
import { IconDatabaseSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { orpc } from '../../client/api.ts'
import { linkOf } from '../../client/sql-link.ts'

export function useSavedStatements(isOpen: boolean): readonly SpotlightActionData[] {
  const navigate = useNavigate()
  const { data } = useQuery(orpc.savedViews.list.queryOptions({ input: { screen: 'sql' }, enabled: isOpen }))
  return useMemo(
    () =>
      (data?.views ?? [])
        .filter(({ search }) => linkOf(search) !== undefined)
        .map(({ id, name, search }) => ({
          id: `statement ${id}`,
          label: name,
          description: 'Saved statement',
          keywords: ['sql', 'query', 'saved'],
          leftSection: <IconDatabaseSearch size={16} stroke={1.6} />,
          onClick: () => void navigate({ to: '/sql', search: { q: search } }),
        })),
    [data, navigate],
  )
}
