import type {Checkout} from '../../domain/stack/made-elsewhere.js'
import type {ComposePlace} from '../../ports/compose.js'
import {realPath} from '../process/real-path.js'

export function checkoutOf({directory, files, envFiles, envFilesAreUsual}: ComposePlace): Checkout {
  return {directory, files, envFiles, envFilesAreUsual, realPath}
}
