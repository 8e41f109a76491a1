// Unpacks the page's styles and script, which lie in it as gzip in base64, and starts it. Older browsers can read this.
;(async () => {
  const unpack = (id) => {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (char) => char.charCodeAt(0))
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
  }
  const style = document.createElement('style')
  style.nonce = document.querySelector('meta[property=csp-nonce]').nonce
  style.textContent = await unpack('spanlight-css')
  document.head.append(style)
  const script = document.createElement('script')
  script.textContent = await unpack('spanlight-js')
  document.body.append(script)
})().catch((error) => {
  document.getElementById('root').textContent =
    typeof DecompressionStream === 'undefined'
      ? 'This file needs a browser of 2023 or later.'
      : `This file can't be opened (${error.message}). It may have been cut off on its way; ask for it again.`
})
