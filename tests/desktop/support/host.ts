/** What the desktop specs run in: real Electron wherever its binary is, else the stand-in. */

import type { DesktopHost } from './desktop-app.ts'
import { electronHost } from './electron-host.ts'
import { standInHost } from './stand-in-host.ts'

export const host: DesktopHost = electronHost() ?? standInHost
