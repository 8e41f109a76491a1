/** Class names for inputs that hold many values in one line: `MultiSelect`, `TagsInput`. */

import styles from './one-line-pills.module.css'

export const oneLinePills = {
  pillsList: styles.pills ?? '',
  pill: styles.pill ?? '',
  inputField: styles.field ?? '',
} as const
