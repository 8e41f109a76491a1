/** A running scenario: its topology above the traffic controls, the faults beside them. */

import { useMediaQuery } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import type { LabRun, LabStatus } from '#shared/contract/loadlab-status.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { CurlDialog } from './curl-dialog.tsx'
import { FaultPanel } from './fault-panel.tsx'
import { LabProblem } from './lab-problem.tsx'
import type { LoadlabUrl } from './loadlab-url.ts'
import styles from './loadlab-view.module.css'
import { MarksStrip } from './marks-strip.tsx'
import { MysteryDialog } from './mystery-dialog.tsx'
import { MysteryPanel } from './mystery-panel.tsx'
import { OwnServiceCard } from './own-service-card.tsx'
import { OwnServiceDialog } from './own-service-dialog.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { RestartDialog } from './restart-dialog.tsx'
import { type LabDialog, RunHead } from './run-head.tsx'
import { TopologyCard } from './topology-card.tsx'
import { topologyRows } from './topology-rows.ts'
import { TrafficCard } from './traffic-card.tsx'

export interface RunViewProps {
  readonly catalog: LabCatalog
  readonly status: LabStatus
  readonly run: LabRun
  readonly url: LoadlabUrl
  readonly setUrl: SetUrlState<LoadlabUrl>
}

export function RunView({ catalog, status, run, url, setUrl }: RunViewProps) {
  const [dialog, setDialog] = useState<LabDialog>()
  const isNarrow = useMediaQuery('(max-width: 860px)') ?? false
  const isSecret = status.mystery !== null && status.mystery.verdict === null
  const rows = useMemo(() => topologyRows(run, isSecret), [run, isSecret])
  const close = () => setDialog(undefined)

  const main = (
    <div className={styles.main}>
      <LabProblem />
      <RunHead status={status} run={run} onDialog={setDialog} setUrl={setUrl} />
      {run.target === null ? (
        <TopologyCard run={run} rows={rows} isSecret={isSecret} show={url.show} onShow={(show) => setUrl({ show })} />
      ) : (
        <OwnServiceCard run={run} target={run.target} onChange={() => setDialog('own')} />
      )}
      <MarksStrip status={status} />
      <TrafficCard run={run} isLive={status.state === 'running'} onOwn={() => setDialog('own')} />
    </div>
  )
  const side = (
    <div className={styles.side}>
      {status.mystery === null ? null : (
        <MysteryPanel catalog={catalog} mystery={status.mystery} onNext={() => setDialog('mystery')} />
      )}
      {isSecret ? null : (
        <FaultPanel
          catalog={catalog}
          status={status}
          run={run}
          opened={url.fault}
          onOpen={(fault) => setUrl({ fault }, { replace: true })}
        />
      )}
    </div>
  )
  return (
    <>
      {isNarrow ? (
        <div className={styles.stacked}>
          {main}
          {side}
        </div>
      ) : (
        <PaneGroup id="loadlab" orientation="horizontal" paneIds={['run', 'faults']}>
          <Pane id="run" minSize={420}>
            {main}
          </Pane>
          <PaneHandle label="Width of the faults" />
          <Pane id="faults" defaultSize={336} minSize={260} maxSize="50%" keepPixels>
            {side}
          </Pane>
        </PaneGroup>
      )}
      <RestartDialog catalog={catalog} run={run} isOpen={dialog === 'restart'} onClose={close} />
      <OwnServiceDialog run={run} isOpen={dialog === 'own'} onClose={close} />
      <MysteryDialog isOpen={dialog === 'mystery'} onClose={close} last={status.mystery} />
      <ResetDialog run={run} isOpen={dialog === 'reset'} onClose={close} />
      <CurlDialog run={run} isOpen={dialog === 'curl'} onClose={close} />
    </>
  )
}
