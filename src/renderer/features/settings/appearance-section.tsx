/** Light, dark, or as the system has it; kept in this browser. */

import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { colorSchemes } from '../../ui/color-schemes.ts'
import { SettingsSection } from './settings-section.tsx'
import styles from './settings-view.module.css'

export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SettingsSection id="appearance">
      <SegmentedControl
        aria-label="Theme"
        size="sm"
        className={styles.start ?? ''}
        value={colorScheme}
        onChange={setColorScheme}
        data={colorSchemes.map(({ value, label, Icon }) => ({
          value,
          label: (
            <span className={styles.choice}>
              <Icon size={14} stroke={1.6} aria-hidden="true" />
              {label}
            </span>
          ),
        }))}
      />
    </SettingsSection>
  )
}
