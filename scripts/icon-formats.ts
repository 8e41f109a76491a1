/** Windows' and Apple's icon files: containers of one PNG per size. */

/** Apple's names for what a picture is for; one size serves a point size and half of it on dense screens. */
const appleTypes: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** An `.icns` file of PNGs by their size in pixels. */
export function icns(images: ReadonlyMap<number, Buffer>): Buffer {
  const chunks = [...images].flatMap(([size, image]) => {
    const types = appleTypes[size]
    if (!types) throw new RangeError(`Apple has no icon of ${size} pixels`)
    return types.flatMap((type) => [chunkHead(type, image.length), image])
  })
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return Buffer.concat([chunkHead('icns', length), ...chunks])
}

/** A name and the length of what follows, itself included. */
function chunkHead(type: string, length: number): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(length + head.length, 4)
  return head
}

/** An `.ico` file of PNGs by their size in pixels, at most 256. */
export function ico(images: ReadonlyMap<number, Buffer>): Buffer {
  const headLength = 6
  const entryLength = 16
  const head = Buffer.alloc(headLength + entryLength * images.size)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.size, 4)
  let at = headLength
  let offset = head.length
  for (const [size, image] of images) {
    if (size > 256) throw new RangeError(`an .ico file holds no picture of ${size} pixels`)
    // A byte can't hold 256, so 0 stands for it.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(image.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    at += entryLength
    offset += image.length
  }
  return Buffer.concat([head, ...images.values()])
}
