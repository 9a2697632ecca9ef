// What help and the parser's front door need of every command, without its code.
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {COMMAND_TABLE} from '../src/cli/frame/command-table.js'
import type {CommandManifest} from '../src/cli/frame/main.js'
import type {Command} from '@oclif/core'

type CacheCommand = (
  command: Command.Class,
  plugin: undefined,
  respectNoCacheDefault: boolean,
) => Promise<Command.Cached>

const require = createRequire(import.meta.url)

/** oclif's own function, which `oclif manifest` uses too; it is not among the package's exports. */
function oclifCacheCommand(): CacheCommand {
  const core = dirname(require.resolve('@oclif/core/package.json'))
  const {cacheCommand} = require(join(core, 'lib', 'util', 'cache-command.js')) as {cacheCommand: CacheCommand}
  return cacheCommand
}

export async function buildManifest(): Promise<CommandManifest> {
  const cacheCommand = oclifCacheCommand()
  const entries = Object.entries(COMMAND_TABLE).map(async ([id, load]) => {
    const {default: command} = await load()
    command.id = id
    const cached = await cacheCommand(command, undefined, false)
    return [
      id,
      {...cached, id, hasDynamicHelp: false, pluginAlias: 'faci', pluginName: 'faci', pluginType: 'core'},
    ] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
