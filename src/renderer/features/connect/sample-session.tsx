/** Nothing to send at all: the session that ships shows what there would be. */

import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { openSample } from '../../client/sample.ts'
import { errorText } from '../../ui/error-text.ts'
import styles from './offer.module.css'

export function SampleSession() {
  const open = useMutation({ mutationFn: openSample })
  return (
    <section className={styles.card} aria-label="Sample session">
      <div className={styles.text}>
        <h2 className={styles.title}>Just looking?</h2>
        <p>
          An hour of that shop with three faults in it, as a session of its own. Nothing runs and nothing is fetched.
        </p>
        {open.error === null ? null : (
          <p role="alert" className="bad">
            {errorText(open.error).title}. {open.error.message}
          </p>
        )}
      </div>
      <Button loading={open.isPending} onClick={() => open.mutate()}>
        Open the sample
      </Button>
    </section>
  )
}
