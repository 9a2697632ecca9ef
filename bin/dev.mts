import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import type {Interfaces} from '@oclif/core'
import {COMMAND_TABLE} from '../src/cli/frame/command-table.js'
import {main} from '../src/cli/frame/main.js'
import {buildManifest} from './manifest.mjs'

const packageJson = createRequire(import.meta.url)('../package.json') as Interfaces.PJSON
const root = fileURLToPath(new URL('..', import.meta.url))
await main(process.argv.slice(2), {manifest: await buildManifest(), table: COMMAND_TABLE, packageJson, root})
