/** Attributes as a list of names and values. */

import styles from './attributes.module.css'
import { LongText } from './long-text.tsx'

export interface AttributesProps {
  readonly attributes: Readonly<Record<string, unknown>>
  /** Names the list for a screen reader. */
  readonly label: string
}

/** Strings as they are, everything else as JSON; in lines of its own where it has parts. */
export function attributeText(value: unknown): string {
  if (typeof value === 'string') return value
  const isSmall = JSON.stringify(value)?.length < 60
  return JSON.stringify(value, null, isSmall ? undefined : 2) ?? ''
}

export function Attributes({ attributes, label }: AttributesProps) {
  return (
    <dl className={styles.list} aria-label={label}>
      {Object.entries(attributes).map(([name, value]) => (
        <div key={name} className={styles.entry}>
          <dt className={styles.name}>
            <LongText text={name} maxCharacters={300} />
          </dt>
          <dd className={styles.value}>
            {value === '' ? (
              <span className="faint">empty</span>
            ) : (
              <LongText text={attributeText(value)} maxCharacters={2_000} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
