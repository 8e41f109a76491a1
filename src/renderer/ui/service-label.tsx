/** A service's coloured mark and name. */

import { serviceText } from './names.ts'
import { serviceColor } from './service-color.ts'
import styles from './service-label.module.css'

export interface ServiceLabelProps {
  readonly name: string
  /** `strong` in a heading, else the muted text of lists. */
  readonly strong?: boolean
}

/** The mark alone carries no meaning: the name always stands beside it. */
export function ServiceLabel({ name, strong = false }: ServiceLabelProps) {
  const shown = serviceText(name)
  return (
    <span className={strong ? styles.strong : styles.label} title={shown}>
      <ServiceMark name={name} />
      <span className={styles.name}>{shown}</span>
    </span>
  )
}

/** The coloured square by itself, for where the name is given elsewhere. */
export function ServiceMark({ name }: { readonly name: string }) {
  return <span aria-hidden="true" className={styles.mark} style={{ background: serviceColor(name) }} />
}
