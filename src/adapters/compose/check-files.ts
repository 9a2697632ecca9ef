import {existsSync, statSync} from 'node:fs'
import {FaciError} from '../../domain/errors.js'
import {checkPlain, whyUnreadable} from '../../files/plain-file.js'
import type {ComposePlace} from '../../ports/compose.js'

/** Compose would wait for a pipe's writer. Throws `configInvalid`. */
function checkFile(file: string): void {
  const suggestions = ['compose: {file: …} in faci.yml']
  if (!existsSync(file)) throw new FaciError('configInvalid', `there is no Compose file ${file}`, {suggestions})
  try {
    checkPlain(statSync(file))
  } catch (error) {
    const message = `the Compose file ${file} cannot be read (${whyUnreadable(error)})`
    throw new FaciError('configInvalid', message, {suggestions, cause: error})
  }
}

/** Throws `configInvalid` where Compose would look for a file elsewhere, or wait for one. */
export function checkFiles({files, directory}: ComposePlace): void {
  if (files.length > 0) files.forEach(checkFile)
  else
    throw new FaciError('configInvalid', `there is no Compose file in ${directory} or in any folder above`, {
      suggestions: ['compose: {file: …} in faci.yml, or put faci.yml beside compose.yaml'],
    })
}
