/** Pixels of a PNG as canvases write them: 8 bits a channel, RGBA or RGB, not interlaced (W3C PNG, 3rd edition). */

import { inflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** `r g b` of a pixel. */
  readonly at: (x: number, y: number) => string
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Throws on anything else. */
export function decodePng(png: Buffer): Pixels {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('no PNG')
  const data: Buffer[] = []
  let header: Buffer = Buffer.alloc(0)
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const content = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = content
    else if (type === 'IDAT') data.push(content)
    at += 12 + length
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = { 2: 3, 6: 4 }[header[9] ?? 0]
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) throw new Error('a PNG of another kind')
  const pixels = unfiltered(inflateSync(Buffer.concat(data)), { rowBytes: width * channels, height, channels })
  return {
    width,
    height,
    at: (x, y) => [...pixels.subarray((y * width + x) * channels, (y * width + x) * channels + 3)].join(' '),
  }
}

interface Layout {
  readonly rowBytes: number
  readonly height: number
  readonly channels: number
}

/** Section 9.2: each byte is the difference to what its row's filter predicts from the bytes left, above, and both. */
function unfiltered(filtered: Buffer, { rowBytes, height, channels }: Layout): Uint8Array {
  const pixels = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (rowBytes + 1)]
    for (let x = 0; x < rowBytes; x++) {
      const left = x < channels ? 0 : (pixels[y * rowBytes + x - channels] ?? 0)
      const above = y === 0 ? 0 : (pixels[(y - 1) * rowBytes + x] ?? 0)
      const corner = y === 0 || x < channels ? 0 : (pixels[(y - 1) * rowBytes + x - channels] ?? 0)
      const predicted = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][filter ?? 5] ?? Number.NaN
      pixels[y * rowBytes + x] = (filtered[y * (rowBytes + 1) + 1 + x] ?? 0) + predicted
    }
  }
  return pixels
}

function nearest(left: number, above: number, corner: number): number {
  const estimate = left + above - corner
  const distances = [left, above, corner].map((value) => Math.abs(estimate - value))
  return [left, above, corner][distances.indexOf(Math.min(...distances))] ?? 0
}
