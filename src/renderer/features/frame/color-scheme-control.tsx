/** Light, dark, or as the system has it. */

import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import styles from './rail.module.css'

const schemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
] as const

export function ColorSchemeControl() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={`${styles.schemes} bare`} aria-label="Colour scheme">
      {schemes.map(({ value, label, Icon }) => (
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
