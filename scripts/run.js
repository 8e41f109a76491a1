// Runs one of the project's TypeScript scripts: `node scripts/run.js NAME [ARG …]`. Plain JavaScript, because it has to
// say so when the Node in front of it is too old to run TypeScript.
const major = Number(process.versions.node.split('.')[0])
const name = process.argv[2]
if (major < 24) {
  console.error(
    `This needs Node 24 or newer, and npm scripts bring one along: this is ${process.versions.node}, so the "node" ` +
      'package was not installed completely. Run "npm ci" without --ignore-scripts, or use a newer Node.',
  )
  process.exit(1)
}
await import(`./${name}.ts`)
