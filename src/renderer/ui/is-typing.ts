/** Whether a key press belongs to a text field, so that single-key shortcuts leave it alone. */

const typingTags = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
const buttonLikeInputs = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range'])

/** True where typing goes into the target, and for presses with Ctrl, Alt or Cmd, which are the browser's. */
export function isTyping(event: KeyboardEvent | React.KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && buttonLikeInputs.has(target.type)) return false
  return typingTags.has(target.tagName) || target.isContentEditable
}
