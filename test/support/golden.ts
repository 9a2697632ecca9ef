import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {format, resolveConfig} from 'prettier'
import {repositoryRoot} from '../../service/stack/repository.js'

const FOLDER = join(repositoryRoot, 'test', 'contract', 'golden')

/** The committed `name.json`; with `UPDATE_GOLDEN=1` it becomes `actual` first, for the diff to be read. */
export async function golden(name: string, actual: unknown): Promise<unknown> {
  const file = join(FOLDER, `${name}.json`)
  if ((process.env['UPDATE_GOLDEN'] ?? '') !== '') {
    writeFileSync(file, await format(JSON.stringify(actual), {...(await resolveConfig(file)), parser: 'json'}))
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}
