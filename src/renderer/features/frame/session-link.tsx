/** The name of the open session in the top bar: the way to the others. */

import { IconDatabase } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useStatusValue } from '../../client/live.ts'
import styles from './session-link.module.css'

export function SessionLink() {
  const name = useStatusValue(({ session }) => session.name)
  const path = useStatusValue(({ database }) => database.path)
  const notice = useStatusValue(({ session }) => session.notice)
  if (name === undefined) return null
  return (
    <Link
      to="/sessions"
      className={styles.link ?? ''}
      aria-label={`Session ${name}`}
      title={[path, notice].filter(Boolean).join('\n')}
    >
      <IconDatabase size={14} aria-hidden="true" />
      <span className="ellipsis">{name}</span>
    </Link>
  )
}
