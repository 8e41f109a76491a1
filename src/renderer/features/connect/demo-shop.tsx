/** No service at hand: the demo shop, whose first data turns this page into the Overview. */

import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import { api } from '../../client/api.ts'
import { useStatusValue } from '../../client/live.ts'
import { takeLabStatus, useLabStatus } from '../../client/loadlab.ts'
import { errorText } from '../../ui/error-text.ts'
import styles from './offer.module.css'

export function DemoShop() {
  const lab = useLabStatus()
  const isEmpty = useStatusValue(({ counts }) => counts.spans + counts.logs + counts.points === 0) ?? true
  const navigate = useNavigate()
  const router = useRouter()
  const start = useMutation({
    mutationFn: () => api.loadlab.start({}),
    onSuccess: (status) => {
      takeLabStatus(status)
      // With an empty store the page waits for the first data and leaves by itself.
      if (!isEmpty) void navigate({ to: '/overview', search: { range: '5m' } })
    },
  })
  const { run, state } = lab ?? {}
  return (
    <section className={styles.card} aria-label="Demo shop">
      <div className={styles.text}>
        <h2 className={styles.title}>No service at hand?</h2>
        <p>
          {run
            ? `${run.title} runs in the Load lab.`
            : 'A small shop of nine real services, with load on it and faults to inject. It needs no network and ends when you stop it.'}
        </p>
        {start.error === null ? null : (
          <p role="alert" className="bad">
            {errorText(start.error).title}. {start.error.message}
          </p>
        )}
      </div>
      {run ? (
        <Button renderRoot={(root) => <Link {...root} to="/load-lab" />}>Open the Load lab</Button>
      ) : (
        <Button
          variant="filled"
          loading={start.isPending || start.isSuccess || state === 'starting'}
          onClick={() => {
            start.mutate()
            // Loaded while the services come up, so that the first data is on screen as soon as it is there.
            void router.preloadRoute({ to: '/overview' })
          }}
        >
          Try the demo shop
        </Button>
      )}
    </section>
  )
}
