/** Packages the desktop app: what goes in, what each system is told about it, and which of Electron's doors are shut. */

import type { Configuration } from 'electron-builder'

/**
 * What the app is made of, beside the production dependencies, which electron-builder adds. The whole list stands under
 * each system, because one that only leaves things out there means everything else: sources, tests and all.
 */
const filesFor = (system: 'darwin' | 'linux' | 'win32'): string[] => [
  'out',
  'resources',
  '!resources/installer{,/**/*}',
  // Tests write there while the app is packaged.
  '!{test-results,tests}{,/**/*}',
  '!node_modules/**/*.{map,ts,mts,cts}',
  '!node_modules/better-sqlite3/{deps,src,binding.gyp}{,/**/*}',
  // It carries a binary for every system; each package takes its own.
  `!node_modules/better-sqlite3/prebuilds/!(${system}-\${arch}).node`,
  '!node_modules/{@types,node-addon-api,type-fest,undici-types}{,/**/*}',
]

const fileName = (kind: string): string => `spanlight-\${version}-${kind}.\${ext}`

const architectures: ('x64' | 'arm64')[] = ['x64', 'arm64']

const configuration: Configuration = {
  appId: 'dev.spanlight.desktop',
  productName: 'Spanlight',
  copyright: 'Copyright Spanlight contributors. Apache License 2.0.',
  extraMetadata: {
    // By this name Wayland finds the icon of a window.
    desktopName: 'spanlight.desktop',
  },
  directories: { output: 'release', buildResources: 'resources/installer' },
  artifactName: fileName(`\${os}-\${arch}`),
  publish: null,

  asar: { smartUnpack: false },
  // A library is loaded by the system, which can't read the archive.
  asarUnpack: ['node_modules/better-sqlite3/prebuilds/*.node'],
  // For people, who can't read the archive either.
  extraResources: [{ from: 'out/licenses.txt', to: 'licenses.txt' }],
  // The binaries are Node-API ones, which fit every Electron.
  npmRebuild: false,
  electronLanguages: ['en-US'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },

  protocols: [{ name: 'Spanlight', schemes: ['spanlight'] }],
  fileAssociations: [
    {
      ext: 'spanlight',
      name: 'Spanlight session',
      description: 'Spanlight session',
      mimeType: 'application/x-spanlight',
      role: 'Editor',
      rank: 'Owner',
    },
  ],

  win: {
    target: [
      { target: 'nsis', arch: architectures },
      { target: 'portable', arch: architectures },
    ],
    icon: 'resources/installer/icon.ico',
    files: filesFor('win32'),
  },
  nsis: {
    artifactName: fileName(`windows-\${arch}-setup`),
    buildUniversalInstaller: false,
    include: 'resources/installer/open-with.nsh',
  },
  portable: {
    artifactName: fileName(`windows-\${arch}-portable`),
    buildUniversalInstaller: false,
  },

  mac: {
    target: [{ target: 'dmg', arch: architectures }],
    icon: 'resources/installer/icon.icns',
    category: 'public.app-category.developer-tools',
    // Electron's own.
    minimumSystemVersion: '13.0',
    hardenedRuntime: true,
    // Signed by nobody: Apple's own chips start no app without any signature.
    identity: '-',
    files: filesFor('darwin'),
    fileAssociations: [{ ext: 'json', name: 'JSON document', role: 'Viewer', rank: 'Alternate' }],
  },

  linux: {
    target: [
      { target: 'AppImage', arch: architectures },
      { target: 'deb', arch: architectures },
    ],
    icon: 'resources/installer/icons',
    executableName: 'spanlight',
    category: 'Development',
    synopsis: 'Local OpenTelemetry viewer',
    maintainer: 'Spanlight contributors',
    mimeTypes: ['application/json'],
    files: filesFor('linux'),
  },
}

export default configuration
