/** The editor of a statement: CodeMirror with SQLite's words, names of the schema, and a mark where a mistake is. */

import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { type RefObject, useEffect, useRef } from 'react'
import { type SqlTable, sqlLimits } from '#shared/contract/sql.ts'
import { styleNonce } from '../../client/nonce.ts'
import { sqlLanguage } from './completions.ts'
import { editorHighlight, editorTheme } from './editor-theme.ts'
import { type Mistake, markMistake, mistakeField } from './mistake-mark.ts'
import { typedOver } from './typed-over.ts'

export interface SqlEditorProps {
  /** The text to begin with; later it is changed through `editor`. */
  readonly initial: string
  readonly onChange: (query: string) => void
  readonly onRun: () => void
  readonly tables: readonly SqlTable[]
  readonly mistake: Mistake | undefined
  readonly editor: RefObject<EditorView | null>
}

const language = new Compartment()

export function SqlEditor({ initial, onChange, onRun, tables, mistake, editor }: SqlEditorProps) {
  const element = useRef<HTMLDivElement>(null)
  const handlers = useRef({ onChange, onRun })
  useEffect(() => {
    handlers.current = { onChange, onRun }
  })
  const first = useRef(initial)

  useEffect(() => {
    if (element.current === null) return
    const run = (view: EditorView): boolean => {
      closeCompletion(view)
      handlers.current.onRun()
      return true
    }
    const view = new EditorView({
      parent: element.current,
      doc: first.current,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= sqlLimits.queryCharacters),
        EditorView.contentAttributes.of({ 'aria-label': 'Statement', spellcheck: 'false' }),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        highlightActiveLine(),
        placeholder('SELECT service, name, duration_ms FROM spans ORDER BY duration_ms DESC LIMIT 20'),
        language.of(sqlLanguage([])),
        mistakeField,
        typedOver,
        // Tab leaves the editor, as everywhere; it takes a completion while one is offered.
        keymap.of([
          { key: 'Tab', run: acceptCompletion },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) handlers.current.onChange(update.state.doc.toString())
        }),
        editorTheme,
        syntaxHighlighting(editorHighlight),
      ],
    })
    editor.current = view
    return () => {
      editor.current = null
      view.destroy()
    }
  }, [editor])

  useEffect(() => {
    editor.current?.dispatch({ effects: language.reconfigure(sqlLanguage(tables)) })
  }, [tables, editor])

  useEffect(() => {
    editor.current?.dispatch({ effects: markMistake.of(mistake) })
  }, [mistake, editor])

  return <div ref={element} style={{ height: '100%' }} />
}
