/** Says plainly what keeps containers and WSL from reaching the receivers, and what opening them means. */

import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './connect-view.module.css'

const command = 'spanlight serve --otlp-host 0.0.0.0'

export interface ReachNoteProps {
  readonly place: 'docker' | 'wsl'
  readonly isLoopback: boolean
}

export function ReachNote({ place, isLoopback }: ReachNoteProps) {
  if (!isLoopback)
    return (
      <p className={styles.reached}>
        The receivers listen beyond this machine, so this reaches them. Anyone on your network who can reach the ports
        can send telemetry here too.
      </p>
    )
  return (
    <div className={styles.reach}>
      <p>
        The receivers listen on loopback, which only this machine itself can reach.{' '}
        {place === 'docker'
          ? 'Docker Desktop passes connections on to it; with Docker Engine on Linux the snippets below are refused until you restart Spanlight like this:'
          : 'WSL with mirrored networking shares it; in NAT mode, the default, the first snippet below is refused until you restart Spanlight like this:'}
      </p>
      <p className={styles.command}>
        <code className="mono">{command}</code>
        <CopyButton text={command} label="Copy command" />
      </p>
      <p>
        It then takes telemetry from every network this machine is in, with no password: anyone who can reach the ports
        can send to it, though not read from it. Use it on networks you trust, or let your firewall admit only the
        {place === 'docker' ? ' Docker' : ' WSL'} network.
      </p>
    </div>
  )
}
