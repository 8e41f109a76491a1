/** Light, dark, or as the system has it; in the desktop app also the icon beside the clock. */

import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Host } from '#shared/contract/host.ts'
import { host } from '../../client/host.ts'
import { queryClient } from '../../client/query-client.ts'
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
      {host === undefined ? null : <TraySwitch host={host} />}
    </SettingsSection>
  )
}

const settingsKey = ['shell', 'settings']

function TraySwitch({ host }: { readonly host: Host }) {
  const settings = useQuery({ queryKey: settingsKey, queryFn: () => host.settings() })
  const change = useMutation({
    mutationFn: (tray: boolean) => host.settings({ tray }),
    onSuccess: (changed) => queryClient.setQueryData(settingsKey, changed),
  })
  return (
    <Switch
      label="Icon beside the clock"
      description="It says what comes in. Spanlight then keeps receiving when its window is closed."
      checked={settings.data?.tray ?? false}
      disabled={settings.data === undefined || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  )
}
