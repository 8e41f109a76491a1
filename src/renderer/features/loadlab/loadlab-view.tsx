/** The Load lab: a shop of real services, load on it and faults in it. */

import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../client/api.ts'
import { useStatusValue } from '../../client/live.ts'
import { useLabStatus } from '../../client/loadlab.ts'
import { useUrlState } from '../../client/url-state.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ExerciseSheetView } from './exercise-sheet.tsx'
import { LabReadOnly } from './lab-read-only.tsx'
import { loadlabUrlSchema } from './loadlab-url.ts'
import styles from './loadlab-view.module.css'
import { RunView } from './run-view.tsx'
import { StartPanel } from './start-panel.tsx'
import { useProjector } from './use-projector.ts'

export function LoadlabView() {
  useDocumentTitle('Load lab · Spanlight')
  const [url, setUrl] = useUrlState(loadlabUrlSchema)
  const catalog = useQuery(orpc.loadlab.catalog.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const status = useLabStatus()
  const isReadOnly = useStatusValue(({ state }) => state) === 'read-only'
  const [isLarge] = useProjector()

  if (catalog.error !== null && catalog.data === undefined)
    return <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />
  if (catalog.data === undefined || status === undefined)
    return (
      <div className={styles.loading}>
        <SkeletonRows rows={10} label="Loading the load lab" />
      </div>
    )
  const { sheet } = url
  const { run } = status
  return (
    <div className={styles.screen} data-large={isLarge || undefined}>
      {sheet !== undefined ? (
        <ExerciseSheetView catalog={catalog.data} seed={sheet} hasAnswers={url.answers ?? false} setUrl={setUrl} />
      ) : run === null && isReadOnly ? (
        <LabReadOnly />
      ) : run === null || status.state === 'starting' ? (
        <StartPanel catalog={catalog.data} status={status} url={url} />
      ) : (
        <RunView catalog={catalog.data} status={status} run={run} url={url} setUrl={setUrl} />
      )}
    </div>
  )
}
