/** The keys of the trace screen in a dialog. */

import { Modal } from '@mantine/core'
import styles from './keyboard-help.module.css'
import { keyBindings, keyName } from './trace-keys.ts'

export interface KeyboardHelpProps {
  readonly opened: boolean
  readonly onClose: () => void
}

const pointer = [
  ['Ctrl + wheel', 'Zoom around the pointer'],
  ['Shift + wheel', 'Move the window'],
  ['Drag on ruler or minimap', 'Zoom to a window; double click for the whole trace'],
  ['Alt + click on a fold', 'Fold or unfold the whole subtree'],
  ['Double click on a span', 'Show its details'],
] as const

export function KeyboardHelp({ opened, onClose }: KeyboardHelpProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys and gestures" size="auto" centered>
      <dl className={styles.keys}>
        {keyBindings.map(({ action, keys, text }) => (
          <div key={action}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="kbd">
                  {keyName(key)}
                </kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
        {pointer.map(([gesture, text]) => (
          <div key={gesture}>
            <dt>{gesture}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
