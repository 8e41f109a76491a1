/** Light, dark, or as the system has it. */

import { useMantineColorScheme } from '@mantine/core'
import styles from './color-scheme-control.module.css'
import { colorSchemes } from './color-schemes.ts'

export interface ColorSchemeControlProps {
  /** Stands in a column where the rail is narrow. */
  readonly isInRail?: boolean
}

export function ColorSchemeControl({ isInRail = false }: ColorSchemeControlProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={`${styles.schemes} bare`} aria-label="Colour scheme" data-rail={isInRail || undefined}>
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
