import type {Container} from './container.js'
import {isOverlay} from './kept-image.js'

interface Checkout {
  /** Of the Compose file. */
  readonly directory: string
  /** The Compose files, in their order. */
  readonly files: readonly string[]
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

/** Of each list that is another than ours, its files. */
function otherFiles(containers: readonly Container[], {files}: Checkout): readonly string[] {
  const told = containers
    .map(({composeFiles}) => composeFiles.filter((file) => !isOverlay(file)))
    .filter((made) => made.length > 0)
    .map((made) => made.join(', '))
  return unique(told).filter((made) => made !== files.join(', '))
}

/**
 * What must be known of containers that are the project's, but were made from elsewhere: from another checkout, whose lock, runs and notices
 * are there; or here, from other Compose files than ours, so that Compose would make them anew as ours say.
 */
export function madeElsewhere(containers: readonly Container[], checkout: Checkout): readonly string[] {
  const {directory, files} = checkout
  const isOurs = ({workingDirectory}: Container): boolean => (workingDirectory ?? directory) === directory
  const others = unique(containers.flatMap(({workingDirectory}) => workingDirectory ?? []))
  return [
    ...others
      .filter((other) => other !== directory)
      .map((other) => `containers of this project were made from ${other}: its runs and notices are there, not here`),
    ...otherFiles(containers.filter(isOurs), checkout).map(
      (made) =>
        `containers of this project were made with ${made}, not with ${files.join(', ')}: up would make them anew`,
    ),
  ]
}
