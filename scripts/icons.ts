/** Draws every icon from `resources/icon.svg`: `node scripts/run.js icons`. The results are committed. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from './find-browser.ts'
import { icns, ico } from './icon-formats.ts'

interface Drawing {
  readonly size: number
  /** How much of the image the drawing fills; the rest is clear space around it. */
  readonly fill?: number
  readonly svg?: string
}

const resources = join(import.meta.dirname, '../resources')
const installer = join(resources, 'installer')
const icon = readFileSync(join(resources, 'icon.svg'), 'utf8')

/** In a menu bar macOS colours the bars itself, so they come alone, in black. */
const bars = icon
  .replace('viewBox="0 0 64 64"', 'viewBox="6 6 52 52"')
  .replace(/<rect id="tile"[^>]*>/, '')
  .replace(/fill="#[0-9a-f]{6}"/g, 'fill="#000000"')

/** What Apple's grid for app icons leaves clear on each side is a tenth. */
const appleFill = 824 / 1024
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256]
const appleSizes = [16, 32, 64, 128, 256, 512, 1024]

async function draw(page: Page, { size, fill = 1, svg = icon }: Drawing): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html { height: 100%; display: grid; place-items: center } body { margin: 0 } img { display: block }</style>
     <img width="${size * fill}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
  )
  return await page.screenshot({ omitBackground: true })
}

async function drawAll(page: Page, sizes: readonly number[], fill?: number): Promise<Map<number, Buffer>> {
  const images = new Map<number, Buffer>()
  for (const size of sizes) images.set(size, await draw(page, { size, ...(fill ? { fill } : {}) }))
  return images
}

const browser = await chromium.launch({ executablePath: findBrowser().path, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 })
  mkdirSync(join(installer, 'icons'), { recursive: true })
  for (const [size, image] of await drawAll(page, linuxSizes)) {
    writeFileSync(join(installer, 'icons', `${size}x${size}.png`), image)
  }
  writeFileSync(join(installer, 'icon.ico'), ico(await drawAll(page, windowsSizes)))
  writeFileSync(join(installer, 'icon.icns'), icns(await drawAll(page, appleSizes, appleFill)))
  writeFileSync(join(resources, 'icon.png'), await draw(page, { size: 256 }))
  for (const [suffix, size] of [
    ['', 16],
    ['@2x', 32],
  ] as const) {
    writeFileSync(join(resources, `tray${suffix}.png`), await draw(page, { size }))
    writeFileSync(join(resources, `trayTemplate${suffix}.png`), await draw(page, { size, svg: bars }))
  }
} finally {
  await browser.close()
}
