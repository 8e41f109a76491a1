/** The desktop app: puts the shell's parts together around one window and one engine. */

import { mkdirSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, Menu, type MessagePortMain, session } from 'electron'
import type { Recovery, ShellSettings } from '#shared/contract/host.ts'
import type { EngineStart, Intake } from '../engine/process-messages.ts'
import { declareAppScheme, serveApp } from './app-protocol.ts'
import { appUrl } from './app-url.ts'
import { type DesktopArguments, readArguments } from './arguments.ts'
import { linkScheme, screenOfLink } from './deep-link.ts'
import { askAfterCrash, askForDatabase, askForFiles, showAbout, showFatal } from './dialogs.ts'
import { forkEngine } from './engine-process.ts'
import { EngineSupervisor } from './engine-supervisor.ts'
import { guardContents, guardPermissions } from './guard.ts'
import { intakeText } from './intake-text.ts'
import { menuTemplate } from './menu.ts'
import { OpenedQueue } from './opened.ts'
import { hearPages } from './pages.ts'
import { drainBeforeQuit } from './quit.ts'
import { nextStart } from './recovery.ts'
import { RestartPolicy } from './restart-policy.ts'
import { ShellSettingsFile } from './shell-settings.ts'
import { describeFailure, tooOld } from './start-failure.ts'
import { announce, tolerateClosedTerminal } from './terminal.ts'
import { onThemeChange, setTheme, windowBackground } from './theme.ts'
import { IngestTray } from './tray.ts'
import { openWindow } from './window.ts'
import { WindowMemory } from './window-memory.ts'

const built = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const read = (argv: readonly string[], cwd: string): DesktopArguments =>
  readArguments(argv, { cwd, appPath: app.getAppPath() })

const { links, files, userDataDir, ...asked } = read(process.argv, process.cwd())
if (userDataDir !== undefined) {
  mkdirSync(userDataDir, { recursive: true })
  app.setPath('userData', userDataDir)
}
tolerateClosedTerminal()
if (app.requestSingleInstanceLock()) run()
else app.quit()

function run(): void {
  const version = app.getVersion()
  const settings = new ShellSettingsFile(join(app.getPath('userData'), 'shell.json'))
  const memory = new WindowMemory(join(app.getPath('userData'), 'window.json'))
  const opened = new OpenedQueue()
  const reloads = new RestartPolicy()
  let start: EngineStart = { version, ...asked }
  let window: BrowserWindow | undefined
  let isUp = false

  const engine = new EngineSupervisor<MessagePortMain>({
    fork: (next, events) => forkEngine(built('node/engine-process.js'), next, events),
    describe: (failure, lastWords) =>
      describeFailure(failure, lastWords, {
        version,
        platform: process.platform,
        arch: process.arch,
        osRelease: release(),
        versions: process.versions,
      }),
    onState: (state) => {
      pages.tell({ type: 'engine', state })
      if (state.kind === 'running') pages.givePorts()
      sayIntake({ isReceiving: false, perSecond: 0 })
    },
    onIntake: sayIntake,
    onReady: (ready) => announce(version, ready),
    nowMs: () => performance.now(),
  })

  const pages = hearPages({
    engineState: () => engine.state,
    openPort: () => engine.openPort(),
    recover,
    settings: (change) => {
      const changed = settings.change(change)
      apply(changed)
      return changed
    },
  })

  const isMac = process.platform === 'darwin'
  // A system program can't look into the package.
  const licensesFile = app.isPackaged ? join(process.resourcesPath, 'licenses.txt') : built('licenses.txt')
  const tray = new IngestTray(built(`../resources/${isMac ? 'trayTemplate' : 'tray'}.png`), {
    open: () => showWindow(),
    quit: () => app.quit(),
  })

  function sayIntake(intake: Intake): void {
    tray.say(intakeText(engine.state.kind, intake))
  }

  function apply({ theme, tray: isInTray }: ShellSettings): void {
    setTheme(theme)
    tray.show(isInTray)
    engine.follow(isInTray)
  }

  async function recover(way: Recovery): Promise<void> {
    const { state } = engine
    if (way === 'quit') return app.quit()
    if (state.kind !== 'failed') return
    const next = await nextStart(way, start, state.failure.databasePath, { chooseFile: askForDatabase })
    if (next === undefined) return
    start = next
    startEngine()
  }

  function startEngine(): void {
    const failure = tooOld(process.versions.electron)
    if (failure === undefined) engine.start(start)
    else engine.giveUp(failure)
  }

  /** `path` is the screen of a window that has to be opened for it. */
  function showWindow(path = '/'): void {
    // A Mac may activate an app that isn't ready for windows yet.
    if (!isUp) return
    if (window !== undefined) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return
    }
    const shown = openWindow({
      preload: built('preload/index.cjs'),
      url: new URL(path, appUrl).href,
      background: windowBackground(),
      icon: process.platform === 'linux' ? built('../resources/icon.png') : undefined,
      ...memory.placement(),
    })
    memory.follow(shown)
    shown.once('closed', () => {
      window = undefined
    })
    shown.webContents.on('render-process-gone', () => {
      if (reloads.mayRestart(performance.now())) return shown.webContents.reload()
      void askAfterCrash().then((isWanted) => (isWanted ? shown.webContents.reload() : app.quit()))
    })
    window = shown
  }

  async function openSession(): Promise<void> {
    const file = await askForDatabase(null)
    // The page shows it with the choice to only read it.
    if (file !== undefined) navigate(`/sessions?do=open&file=${encodeURIComponent(file)}`)
  }

  function navigate(path: string): void {
    // A new window begins there: told later, its page might already be on its way elsewhere.
    const isThere = window !== undefined
    showWindow(path)
    if (isThere) pages.deliver({ type: 'navigate', path })
  }

  /** The engine reads them; the page tells how that goes. */
  function openFiles(paths: readonly string[]): void {
    if (paths.length === 0) return
    showWindow()
    pages.deliver({ type: 'open-files', paths })
  }

  app.on('second-instance', (_event, argv, cwd) => {
    opened.add(read(argv, cwd))
    showWindow()
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    opened.add({ links: [link] })
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    opened.add({ files: [file] })
  })
  app.on('activate', () => showWindow())
  app.on('window-all-closed', () => {
    if (!isMac && !settings.current.tray) app.quit()
  })
  // By this name Windows knows the window as the installed app's.
  if (process.platform === 'win32') app.setAppUserModelId('dev.spanlight.desktop')
  drainBeforeQuit(() => engine.stop())
  declareAppScheme()
  guardContents()

  function open(): void {
    isUp = true
    startEngine()
    apply(settings.current)
    guardPermissions(session.defaultSession)
    serveApp(built('renderer'))
    onThemeChange(() => window?.setBackgroundColor(windowBackground()))
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate(
          {
            navigate,
            open: () => void askForFiles().then(openFiles),
            command: (command) => pages.tell({ type: 'command', command }),
            about: () => void showAbout({ version, versions: process.versions, licensesFile }),
            openSession: () => void openSession(),
          },
          { isMac, isDevelopment: !app.isPackaged },
        ),
      ),
    )
    // A checkout must not take the links from an installed app.
    if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
    opened.answerWith((each) => {
      const screen = each.links.map(screenOfLink).findLast((path) => path !== undefined)
      if (screen !== undefined) navigate(screen)
      openFiles(each.files)
    })
    opened.add({ links, files })
    showWindow()
  }

  void app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      showFatal(error)
      app.exit(1)
    })
}
