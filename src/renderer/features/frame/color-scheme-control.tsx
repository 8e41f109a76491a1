/** Light, dark, or as the system has it. */

import { useMantineColorScheme } from '@mantine/core'
import { colorSchemes } from '../../ui/color-schemes.ts'
import styles from './rail.module.css'

export function ColorSchemeControl() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={`${styles.schemes} bare`} aria-label="Colour scheme">
      {colorSchemes.map(({ value, label, Icon }) => (
        <button
          key={value}
          type="button"
          className={styles.scheme}
          aria-pressed={colorScheme === value}
          aria-label={label}
          title={label}
          onClick={() => setColorScheme(value)}
        >
          <Icon size={14} stroke={1.6} aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  )
}
