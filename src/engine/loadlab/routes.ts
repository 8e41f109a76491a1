/** Which endpoint answers a request: path templates with `{names}`. */

import type { Endpoint } from './scenario.ts'

/** A segment in braces matches any one segment, also another one in braces. */
export function findRoute<Route extends Pick<Endpoint, 'method' | 'path'>>(
  routes: readonly Route[],
  method: string,
  path: string,
): Route | undefined {
  const segments = path.split('/')
  return routes.find((route) => {
    const wanted = route.path.split('/')
    return (
      route.method === method &&
      wanted.length === segments.length &&
      wanted.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
    )
  })
}

/** The template with a number in place of each name. */
export function fillPath(template: string, number: () => number): string {
  return template.replaceAll(/\{[^}]*\}/g, () => String(number()))
}
