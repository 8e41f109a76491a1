/** Sessions: the one that is open, what can be done with it, and the others there are. */

import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, orpc } from '../../client/api.ts'
import { useStatus } from '../../client/live.ts'
import { openSample } from '../../client/sample.ts'
import { useUrlState } from '../../client/url-state.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { CopyDialog } from './copy-dialog.tsx'
import { NewSessionDialog, OpenSessionDialog, RenameSessionDialog } from './open-dialogs.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { SessionFailure } from './session-failure.tsx'
import { goneSessions, sessionRows } from './session-rows.ts'
import { SessionsTable } from './sessions-table.tsx'
import { type SessionDialog, sessionsUrlSchema } from './sessions-url.ts'
import styles from './sessions-view.module.css'
import { useSwitch } from './use-switch.ts'

export function SessionsView() {
  useDocumentTitle('Sessions · Spanlight')
  const status = useStatus()
  const queryClient = useQueryClient()
  const [url, setUrl] = useUrlState(sessionsUrlSchema)
  const query = useQuery(orpc.sessions.list.queryOptions())
  const [done, setDone] = useState<string>()
  const path = status?.database.path
  const { run, isPending, error } = useSwitch('/')
  const again = useSwitch('/sessions')
  const sample = useMutation({ mutationFn: openSample })
  const failure = error ?? again.error ?? sample.error
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: orpc.sessions.key() })
  const close = (): void => setUrl({ do: undefined, file: undefined }, { replace: true })
  const recover = (file: string): void => setUrl({ do: 'recover', file }, { replace: true })
  const forget = (paths: string[]): void => void api.sessions.forget({ paths }).then(refresh)
  const gone = goneSessions(query.data?.sessions ?? [])
  const show = (dialog: SessionDialog) => (): void => setUrl({ do: dialog }, { replace: true })
  if (status === undefined || path === undefined) return null

  const isReadOnly = status.state === 'read-only'
  const separator = path.includes('\\') ? '\\' : '/'
  const fileName = path.slice(path.lastIndexOf(separator) + 1)
  const folder = query.data?.folder ?? path.slice(0, path.lastIndexOf(separator))
  const dialogs = { folder, onClose: close }
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>Sessions</h1>
      <section className={styles.card} aria-label="Open session">
        <div className={styles.current}>
          <h2 className={styles.name}>{status.session.name}</h2>
          {isReadOnly ? <span className={styles.readOnly}>read-only</span> : null}
          <span className="muted">{formatBytes(status.database.bytes)}</span>
        </div>
        <p className={styles.file}>
          <span className="mono">{path}</span>
          <CopyButton text={path} label="Copy path" />
        </p>
        {isReadOnly ? (
          <p className={styles.notice}>Nothing is received while a session is only read. {status.session.notice}</p>
        ) : null}
        <div className={styles.buttons}>
          <Button onClick={show('copy')}>Save a copy…</Button>
          {isReadOnly ? (
            <Button
              loading={again.isPending}
              onClick={() => again.run(() => api.sessions.open({ path, readOnly: false }))}
            >
              Open for writing
            </Button>
          ) : (
            <>
              <Button onClick={show('rename')}>Rename…</Button>
              <Button
                loading={again.isPending}
                onClick={() => again.run(() => api.sessions.open({ path, readOnly: true }))}
              >
                Open read-only
              </Button>
            </>
          )}
        </div>
        {done === undefined ? null : <p role="status">{done}</p>}
      </section>

      <section className={styles.card} aria-label="All sessions">
        <div className={styles.buttons}>
          <Button onClick={show('new')}>New session…</Button>
          <Button onClick={show('open')}>Open session…</Button>
          <Button loading={sample.isPending} onClick={() => sample.mutate()}>
            Open the sample
          </Button>
          {gone.length === 0 ? null : (
            <Button variant="subtle" onClick={() => forget(gone)}>
              Forget those that are gone ({formatCount(gone.length)})
            </Button>
          )}
        </div>
        <SessionFailure error={failure} onRecover={recover} />
        <Loaded query={query} rows={5} label="Loading the sessions">
          {({ sessions }) => (
            <SessionsTable
              rows={sessionRows(sessions, new Date())}
              isBusy={isPending}
              onOpen={(chosen, readOnly) => run(() => api.sessions.open({ path: chosen, readOnly }))}
              onForget={(chosen) => forget([chosen])}
              onRecover={recover}
            />
          )}
        </Loaded>
      </section>

      {url.do === 'new' ? <NewSessionDialog {...dialogs} /> : null}
      {url.do === 'open' ? <OpenSessionDialog {...dialogs} onRecover={recover} file={url.file ?? ''} /> : null}
      {url.do === 'recover' && url.file !== undefined ? <RecoverDialog file={url.file} onClose={close} /> : null}
      {url.do === 'rename' && !isReadOnly ? (
        <RenameSessionDialog {...dialogs} name={status.session.name} fileName={fileName} />
      ) : null}
      {url.do === 'copy' ? (
        <CopyDialog
          folder={folder}
          suggested={`${fileName.replace(/\.[^.]*$/, '')}-copy.db`}
          onClose={close}
          onDone={(text) => {
            setDone(text)
            close()
          }}
        />
      ) : null}
    </div>
  )
}
