import {resolve} from 'node:path'

/** SHA-256 of a file that a runbook uses. Errors: `runbookInvalid` when it cannot be read. */
export async function digestFile(directory: string, file: string): Promise<string> {
  const {digestOf} = await import('../../adapters/library/digest-of.js')
  return digestOf(resolve(directory, file))
}
