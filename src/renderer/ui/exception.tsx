/** An exception as it was recorded: type, message and stack trace. */

import { CopyButton } from './copy-button.tsx'
import styles from './exception.module.css'
import { LongText } from './long-text.tsx'

export interface ExceptionProps {
  /** Empty where it was not recorded; so are the others. */
  readonly type: string
  readonly message: string
  readonly stacktrace: string
}

export function Exception({ type, message, stacktrace }: ExceptionProps) {
  return (
    <div className={styles.exception}>
      <div className={styles.head}>
        <div className={styles.summary}>
          <span className={styles.type}>
            <LongText text={type === '' ? 'Exception' : type} />
          </span>
          {message === '' ? null : (
            <span className={styles.message}>
              <LongText text={message} maxCharacters={4_000} />
            </span>
          )}
        </div>
        {stacktrace === '' ? null : <CopyButton text={stacktrace} label="Copy stack trace" />}
      </div>
      {stacktrace === '' ? null : (
        <section className={styles.stack} aria-label="Stack trace">
          <LongText text={stacktrace} wrap={false} />
        </section>
      )}
    </div>
  )
}
