// Who may import whom: every folder names what it may reach, everything else is an error. Type imports count.
const allowed = [
  ['^src/shared/model/', []],
  ['^src/shared/contract/', ['^src/shared/model/']],
  ['^src/shared/page\\.ts$', []],
  ['^src/engine/wire/', ['^src/shared/model/']],
  ['^src/engine/rollup/', ['^src/shared/model/']],
  ['^src/engine/signals/', ['^src/shared/model/', '^src/engine/rollup/']],
  ['^src/engine/store/', ['^src/shared/(model|contract/errors\\.ts)', '^src/engine/rollup/']],
  ['^src/engine/ingest\\.ts$', ['^src/shared/(model|contract/errors\\.ts)', '^src/engine/(wire|store)/']],
  [
    '^src/engine/ingest-imported\\.ts$',
    ['^src/shared/model/', '^src/engine/store/', '^src/engine/import/imported-batch\\.ts$'],
  ],
  ['^src/engine/import/', ['^src/shared/(model|contract)/', '^src/engine/wire/']],
  ['^src/engine/queries/', ['^src/shared/', '^src/engine/(store|rollup|signals)/']],
  ['^src/engine/export/', ['^src/shared/', '^src/engine/(wire|queries|store)/']],
  [
    '^src/engine/threads/pool\\.ts$',
    ['^src/shared/', '^src/engine/threads/(messages|failure|worker-url|reader-queries)\\.ts$'],
  ],
  ['^src/engine/threads/', ['^src/shared/', '^src/engine/']],
  ['^src/engine/receiver/', ['^src/shared/(model|contract/errors\\.ts)', '^src/engine/wire/reply\\.ts$']],
  [
    '^src/engine/loadlab/',
    [
      '^src/shared/(model|contract)/',
      '^src/engine/threads/(worker-url|child-process)\\.ts$',
      '^src/engine/wire/protobuf-writer\\.ts$',
    ],
  ],
  [
    '^src/engine/sql/',
    ['^src/shared/', '^src/engine/store/', '^src/engine/threads/(messages|failure|child-process)\\.ts$'],
  ],
  ['^src/engine/tail/', ['^src/shared/model/', '^src/engine/wire/', '^src/engine/threads/pool\\.ts$']],
  ['^src/engine/[^/]+\\.ts$', ['^src/shared/', '^src/engine/']],
  // The engine runs in a process of its own: the shell knows what the two say to each other and nothing else of it.
  ['^src/main/', ['^src/shared/', '^src/engine/process-messages\\.ts$']],
  ['^src/preload/', ['^src/shared/contract/host\\.ts$']],
  // The engine as the desktop's process: the engine's front, told by the shell, how it answers, and the door for commands.
  [
    '^src/server/engine-process\\.ts$',
    [
      '^src/shared/',
      '^src/engine/(engine|api|api-errors|config|process-messages|recover|shell-sql-process|receiver/receiver)\\.ts$',
      '^src/server/(api-door|plain-answers)\\.ts$',
    ],
  ],
  [
    '^src/server/',
    ['^src/shared/', '^src/engine/(engine|api|api-errors|receivers)\\.ts$', '^src/engine/receiver/listen\\.ts$'],
  ],
  [
    '^src/cli/',
    [
      '^src/shared/',
      '^src/engine/(engine|config|free-port|rebuild|recover|export-file|import-files|import-store|receiver/receiver|export/export-tally)\\.ts$',
      '^src/engine/(loadlab|sql)/',
      '^src/engine/tail/',
      '^src/server/',
    ],
  ],
  ['^src/renderer/ui/', []],
  ['^src/renderer/client/', ['^src/shared/']],
  ['^src/renderer/features/([^/]+)/', ['^src/shared/', '^src/renderer/(client|ui)/', '^src/renderer/features/$1/']],
  ['^src/renderer/[^/]+\\.tsx?$', ['^src/renderer/', '^src/shared/']],
]

/** Rules are tried from the most special folder to the most general, so each file has exactly one. */
const layers = allowed.map(([path, reach], index) => ({
  name: `reach of ${path}`,
  severity: 'error',
  from: { path, pathNot: [...allowed.slice(0, index).map(([earlier]) => earlier), '\\.test\\.tsx?$'] },
  to: { path: '^src/', pathNot: [path.replace('([^/]+)', '$1'), ...reach] },
}))

/** Packages that one place alone may touch. */
const owned = [
  ['better-sqlite3', '^src/engine/store/'],
  ['@grpc/grpc-js', '^src/engine/(receiver|loadlab)/'],
  ['protobufjs', '^src/engine/wire/'],
  ['electron', '^src/(main|preload)/'],
].map(([name, path]) => ({
  name: `${name} is used in ${path} only`,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: `^(node_modules/)?(@types/)?${name}(/|$)` },
}))

export default {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\?|^node:' },
    },
    ...layers,
    ...owned,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
}
