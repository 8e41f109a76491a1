/** The screen of one trace: loads it and shows it, or says why it can't. */

import { Loader } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { isTraceIdHex } from '#shared/model/ids.ts'
import { awaitedMs } from '../../client/awaited-traces.ts'
import { exportManifest } from '../../client/exported-file.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { errorCode } from '../../ui/error-text.ts'
import { deletedText } from './deleted-trace.ts'
import headerStyles from './trace-header.module.css'
import { BackLink } from './trace-header.tsx'
import { GoneTraceNotes } from './trace-notes.tsx'
import { TraceScreen } from './trace-screen.tsx'
import { TraceSkeleton } from './trace-skeleton.tsx'
import styles from './trace-view.module.css'
import { useTrace } from './use-trace.ts'

export function TraceView() {
  const { traceId = '' } = useParams({ strict: false })
  if (!isTraceIdHex(traceId))
    return (
      <Failure>
        <EmptyState title="This is no trace id">
          “{traceId.slice(0, 80)}” is not 32 hex digits. The link may be cut off.
        </EmptyState>
      </Failure>
    )
  return <LoadedTrace key={traceId} traceId={traceId.toLowerCase()} />
}

function LoadedTrace({ traceId }: { readonly traceId: string }) {
  const { model, summary, error, retry } = useTrace(traceId)
  const isAwaited = useAwaited(traceId)
  if (model) return <TraceScreen model={model} summary={summary} />
  if (!error) return <TraceSkeleton />
  if (isAwaited && errorCode(error) === 'NOT_FOUND')
    return (
      <Failure>
        <AwaitedTrace traceId={traceId} />
      </Failure>
    )
  return (
    <Failure>
      <NoTrace error={error} onRetry={retry} />
      {errorCode(error) === 'NOT_FOUND' ? <GoneTraceNotes traceId={traceId} /> : null}
    </Failure>
  )
}

/** Whether this trace was asked for a moment ago and may still come. */
function useAwaited(traceId: string): boolean {
  const [isAwaited, setAwaited] = useState(() => awaitedMs(traceId) > 0)
  useEffect(() => {
    const timer = setTimeout(() => setAwaited(false), awaitedMs(traceId))
    return () => clearTimeout(timer)
  }, [traceId])
  return isAwaited
}

function AwaitedTrace({ traceId }: { readonly traceId: string }) {
  return (
    <div role="status">
      <EmptyState title="Waiting for the first span…" icon={<Loader size={18} />}>
        The request is on its way. Its trace <span className="mono">{traceId}</span> opens here by itself and grows as
        spans end.
      </EmptyState>
    </div>
  )
}

function NoTrace({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const deleted = deletedText(error, new Date())
  if (deleted === undefined)
    return (
      <ErrorState
        error={error}
        onRetry={onRetry}
        {...(errorCode(error) === 'NOT_FOUND'
          ? { title: `This trace is not in the ${exportManifest() === undefined ? 'store' : 'file'}` }
          : {})}
      />
    )
  return (
    <ErrorState error={error} title="This trace is not in the store any more">
      {deleted}{' '}
      <Link to="/settings" hash="retention">
        Change the limits
      </Link>
    </ErrorState>
  )
}

function Failure({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.screen}>
      <header className={headerStyles.header}>
        <BackLink />
      </header>
      <div className={styles.failure}>{children}</div>
    </div>
  )
}
