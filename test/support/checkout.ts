import type {Checkout} from '../../src/domain/stack/made-elsewhere.js'

/** A folder with these Compose files in it, reached by its own name. */
export function checkoutIn(directory: string, ...names: readonly string[]): Checkout {
  return {
    directory,
    files: names.map((name) => `${directory}/${name}`),
    envFiles: null,
    envFilesAreUsual: true,
    realPath: (path) => path,
  }
}
