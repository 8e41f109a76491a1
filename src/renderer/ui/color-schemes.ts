/** The colour schemes a person can choose from. */

import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

export const colorSchemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
] as const
