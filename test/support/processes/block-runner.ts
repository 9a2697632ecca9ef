/** A process of its own that runs SCRIPT as a block with a grace of GRACE seconds, and prints its first lines and how it ended. */
import {createExecaShell} from '../../../src/adapters/shell/execa-shell.js'
import {masker} from '../../../src/domain/secrets/masker.js'

const [script = '', grace = '1'] = process.argv.slice(2)
const SHOWN_LINES = 10

const shell = createExecaShell({masker: masker([]), faci: ['echo'], environment: process.env})
let shown = 0
const {exitCode, ending} = await shell.run(
  {
    ...{script, environment: {}, mayJoin: false, directory: process.cwd()},
    ...{timeoutSeconds: 60, graceSeconds: Number(grace)},
  },
  (_, line) => {
    shown += 1
    if (shown <= SHOWN_LINES) process.stdout.write(`${line}\n`)
  },
)
process.stdout.write(`${ending} ${String(exitCode)}\n`)
