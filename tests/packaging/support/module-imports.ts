/** What a built module imports: at once, and later or perhaps. */

import { readFileSync } from 'node:fs'
import { parseAst } from 'vite'

export interface ModuleImports {
  /** Before the module runs. */
  readonly first: readonly string[]
  /** By `import()` or `require()`. */
  readonly later: readonly string[]
}

interface Node {
  readonly type: string
  readonly source?: { readonly value?: unknown } | null
  readonly callee?: { readonly name?: string }
  readonly arguments?: readonly { readonly value?: unknown }[]
}

export function moduleImports(file: string): ModuleImports {
  const first: string[] = []
  const later: string[] = []
  const keep = (list: string[], value: unknown): void => {
    if (typeof value === 'string') list.push(value)
  }
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) walk(item)
      return
    }
    const node = value as Node
    if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) keep(first, node.source?.value)
    else if (node.type === 'ImportExpression') keep(later, node.source?.value)
    else if (node.type === 'CallExpression' && node.callee?.name === 'require') keep(later, node.arguments?.[0]?.value)
    for (const child of Object.values(value)) walk(child)
  }
  walk(parseAst(readFileSync(file, 'utf8')))
  return { first, later }
}
