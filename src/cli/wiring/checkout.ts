import {realpathSync} from 'node:fs'
import type {Checkout} from '../../domain/stack/made-elsewhere.js'
import type {ComposePlace} from '../../ports/compose.js'

/** What is not there, or is on another host, is by no other name. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

export function checkoutOf({directory, files, envFiles, envFilesAreUsual}: ComposePlace): Checkout {
  return {directory, files, envFiles, envFilesAreUsual, realPath}
}
