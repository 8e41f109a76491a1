/** Typing over a selection, done by the editor itself. */

import { EditorView } from '@codemirror/view'

/**
 * Left to the browser, Chromium keeps the colours of what is replaced as inline styles on the new text, which the page's content
 * policy refuses with an error. Composition (accents, other scripts) stays with the browser, which alone can do it.
 */
export const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event
    const { main, ranges } = view.state.selection
    if (inputType !== 'insertText' || isComposing || data === null || (main.empty && ranges.length === 1)) return false
    const replace = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type' })
    // Quotes and brackets go around what is selected.
    const handlers = view.state.facet(EditorView.inputHandler)
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, replace))) view.dispatch(replace())
    event.preventDefault()
    return true
  },
})
