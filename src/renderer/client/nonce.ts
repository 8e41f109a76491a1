/** The style nonce of this page load, which every `<style>` made at run time must carry. */

/** The nonce the server put into the page, or an empty string where the page has none (development). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
}
