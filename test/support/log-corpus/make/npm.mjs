// node npm.mjs FOLDER: prints the formats of npm's loggers. FOLDER has them installed (`npm i` of PACKAGES). Writes ../formats/*.txt.
import {spawnSync} from 'node:child_process'
import {closeSync, openSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {FORMATS} from './npm-formats.mjs'
import {corpusText} from './corpus-text.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const folder = process.argv[2]
const wanted = process.argv.slice(3)

function versionOf(name) {
  return `${name} ${JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version}`
}

for (const [name, format] of Object.entries(FORMATS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const file = join(folder, `${name}.mjs`)
  writeFileSync(
    file,
    `import {createRequire} from 'node:module'\nconst require = createRequire(import.meta.url)\n${format.code}\n`,
  )
  const out = join(folder, `${name}.out`)
  const printed = openSync(out, 'w')
  spawnSync(process.execPath, ['--require', join(here, 'fixed-clock.cjs'), file], {
    cwd: folder,
    stdio: ['ignore', printed, printed],
    timeout: 20_000,
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      HOME: '/nowhere',
      NODE_NO_WARNINGS: '1',
      NODE_PATH: join(folder, 'node_modules'),
      ...format.env,
    },
  })
  closeSync(printed)
  const text = readFileSync(out, 'utf8')
    .replaceAll(folder, '/app')
    .replaceAll(/(localhost|127\.0\.0\.1):\d+/g, '$1:3000')
    .replaceAll(/"remotePort":\d+/g, '"remotePort":4000')
  const from = `${[...format.packages.map(versionOf), `Node ${process.version.slice(1)}`].join(', ')} (make/npm.mjs)`
  try {
    writeFileSync(join(here, '..', 'formats', `${name}.txt`), corpusText({from, text, ...format}))
    console.log('ok  ', name)
  } catch (error) {
    console.log('FAIL', name, error.message, '\n' + text)
  }
}
