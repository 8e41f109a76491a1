/** A log's severity as a word in its own colour. */

import styles from './severity-mark.module.css'

type SeverityMarkLevel = 'unspecified' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

export interface SeverityMarkProps {
  readonly level: SeverityMarkLevel
  /** What the sender called it; shown on hover where it differs. */
  readonly text?: string
}

const words: Readonly<Record<SeverityMarkLevel, string>> = {
  unspecified: '–',
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
}

export function SeverityMark({ level, text }: SeverityMarkProps) {
  return (
    <span
      className={`${styles.mark} ${styles[level]}`}
      title={text === undefined || text === '' ? undefined : text}
      {...(level === 'unspecified' ? { 'aria-label': 'no severity' } : {})}
    >
      {words[level]}
    </span>
  )
}
