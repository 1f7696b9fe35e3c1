// The test tools need Node 22.12 or newer; `npm ci` brings a pinned one that npm scripts find first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `The tests need Node 22.12 or newer, this is ${process.version}: run "npm ci" without --ignore-scripts, then "npm test" (through npm, not directly).`,
  )
  process.exit(1)
}
