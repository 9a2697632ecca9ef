import {dirname} from 'node:path'
import type {ComposePlace} from '../../src/ports/compose.js'

/** A project of this one Compose file. */
export function placeOf(file: string, project: string, profiles: readonly string[] = []): ComposePlace {
  return {
    project,
    isNamed: true,
    directory: dirname(file),
    files: [file],
    envFiles: null,
    envFilesAreUsual: true,
    profiles,
    variables: {},
  }
}
