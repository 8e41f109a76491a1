/** The left rail: the screens there are, and the colour scheme. */

import {
  IconChartBar,
  IconChartLine,
  IconDatabaseSearch,
  IconFlask,
  IconListDetails,
  IconSettings,
  IconTimelineEvent,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { ColorSchemeControl } from '../../ui/color-scheme-control.tsx'
import styles from './rail.module.css'

interface Screen {
  readonly to: '/overview' | '/traces' | '/logs' | '/metrics' | '/load-lab' | '/sql' | '/settings'
  readonly name: string
  readonly Icon: typeof IconSettings
}

const screens: readonly Screen[] = [
  { to: '/overview', name: 'Overview', Icon: IconChartBar },
  { to: '/traces', name: 'Traces', Icon: IconTimelineEvent },
  { to: '/logs', name: 'Logs', Icon: IconListDetails },
  { to: '/metrics', name: 'Metrics', Icon: IconChartLine },
  { to: '/load-lab', name: 'Load lab', Icon: IconFlask },
  { to: '/sql', name: 'SQL', Icon: IconDatabaseSearch },
]

const settings: Screen = { to: '/settings', name: 'Settings', Icon: IconSettings }

export function Rail() {
  return (
    <nav aria-label="Main" className={styles.rail}>
      <Link to="/" className={styles.brand} aria-label="Spanlight, start page">
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <rect x="1" y="2.5" width="12" height="3" rx="1.5" fill="var(--accent)" />
          <rect x="4" y="7.5" width="9" height="3" rx="1.5" fill="var(--p95)" />
          <rect x="8" y="12.5" width="9" height="3" rx="1.5" fill="var(--p50)" />
        </svg>
        <span className={styles.word}>Spanlight</span>
      </Link>
      {screens.map((screen) => (
        <RailLink key={screen.to} screen={screen} />
      ))}
      <div className={styles.end}>
        <RailLink screen={settings} />
        <ColorSchemeControl isInRail />
      </div>
    </nav>
  )
}

function RailLink({ screen: { to, name, Icon } }: { readonly screen: Screen }) {
  return (
    <Link to={to} className={styles.link} activeProps={{ className: styles.active ?? '' }} title={name}>
      <Icon size={16} stroke={1.6} aria-hidden="true" />
      <span className={styles.word}>{name}</span>
    </Link>
  )
}
