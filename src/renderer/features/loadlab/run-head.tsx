/** What runs, since when, and the ways to change, hold or end it. */

import { Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPresentation,
  IconPrinter,
  IconRefresh,
  IconRotate,
  IconTerminal2,
} from '@tabler/icons-react'
import type { LabRun, LabStatus } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { formatDuration, formatQuantity } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { LoadlabUrl } from './loadlab-url.ts'
import { OneRequestButtons } from './one-request-buttons.tsx'
import styles from './run-head.module.css'
import { useLabCommand } from './use-lab-command.ts'
import { useProjector } from './use-projector.ts'

export type LabDialog = 'restart' | 'own' | 'mystery' | 'reset' | 'curl'

const icon = { size: 14, stroke: 1.7, 'aria-hidden': true } as const

export interface RunHeadProps {
  readonly status: LabStatus
  readonly run: LabRun
  readonly onDialog: (dialog: LabDialog) => void
  readonly setUrl: SetUrlState<LoadlabUrl>
}

export function RunHead({ status, run, onDialog, setUrl }: RunHeadProps) {
  const stop = useLabCommand(() => api.loadlab.stop())
  const pause = useLabCommand((paused: boolean) => api.loadlab.setTraffic({ paused }))
  const [isLarge, setLarge] = useProjector()
  const isStopping = status.state === 'stopping'
  const seed = status.mystery?.seed ?? run.seed
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        <button
          type="button"
          className={styles.scenario}
          title="Another scenario, or the same with another seed"
          onClick={() => onDialog('restart')}
        >
          {run.title}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </h1>
      <RunState status={status} run={run} />
      <div className={styles.buttons}>
        <OneRequestButtons run={run} />
        <Button onClick={() => onDialog('mystery')}>Mystery fault</Button>
        <Button
          leftSection={run.paused ? <IconPlayerPlay {...icon} /> : <IconPlayerPause {...icon} />}
          title={run.paused ? 'Send requests again' : 'Hold the requests; services run on and can be called'}
          loading={pause.isPending}
          disabled={isStopping}
          onClick={() => pause.mutate(!run.paused)}
        >
          {run.paused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          leftSection={<IconPlayerStop {...icon} />}
          title="Ends requests that are under way and sends what they made; a few seconds at most"
          loading={isStopping || stop.isPending}
          onClick={() => stop.mutate()}
        >
          Stop
        </Button>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Button aria-label="More" className={styles.more ?? ''}>
              <IconDots size={15} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRotate {...icon} />} onClick={() => onDialog('reset')}>
              Reset the exercise…
            </Menu.Item>
            <Menu.Item leftSection={<IconRefresh {...icon} />} onClick={() => onDialog('restart')}>
              Start anew with…
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTerminal2 {...icon} />}
              disabled={run.curl.length === 0}
              onClick={() => onDialog('curl')}
            >
              Call it yourself…
            </Menu.Item>
            <Menu.Item leftSection={<IconPrinter {...icon} />} onClick={() => setUrl({ sheet: seed })}>
              Exercise sheet
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPresentation {...icon} />} onClick={() => setLarge(!isLarge)}>
              {isLarge ? 'Usual size' : 'Projector size'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  )
}

/** The pill: `running 6 min · 7,412 requests · seed 7`. */
function RunState({ status, run }: { readonly status: LabStatus; readonly run: LabRun }) {
  const now = useNow()
  const elapsedMs = Math.max(0, now.getTime() - Number(BigInt(run.startedUnixNano) / 1_000_000n))
  const state = status.state === 'stopping' ? 'stopping' : run.paused ? 'paused' : 'running'
  return (
    <span className={styles.pill}>
      <span className={state === 'running' ? styles.running : styles.held} aria-hidden="true" />
      {state} {formatDuration(Math.round(elapsedMs / 1000) * 1e9).replace(/\.\d+/, '')} ·{' '}
      {formatQuantity(run.requests, 'request')} · seed {run.seed}
    </span>
  )
}
