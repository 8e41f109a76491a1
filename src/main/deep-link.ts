/** `spanlight://trace/<id>`: the one kind of address other programs may open the app with. */

export const linkScheme = 'spanlight'

/** The screen a link names, as a path of the app, or undefined for everything that is no such link. */
export function screenOfLink(link: string): string | undefined {
  const id = /^spanlight:\/\/trace\/([0-9a-f]{32})\/?$/i.exec(link)?.[1]?.toLowerCase()
  return id === undefined || /^0+$/.test(id) ? undefined : `/traces/${id}`
}
