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

/** Of each list of files that is another than ours: whose it is. */
function otherFiles(containers: readonly Container[], {files}: Checkout): ReadonlyMap<string, readonly string[]> {
  const others = new Map<string, readonly string[]>()
  for (const {service, composeFiles} of containers) {
    const made = composeFiles.filter((file) => !isOverlay(file)).join(', ')
    if (made !== '' && made !== files.join(', ')) others.set(made, unique([...(others.get(made) ?? []), service]))
  }
  return others
}

/**
 * What must be known of containers that are the project's, but were made from elsewhere: from another checkout, whose lock, runs and notices
 * are there; or here, from other Compose files than ours. Whether that changes anything only Compose's own hashes tell.
 */
export function madeElsewhere(containers: readonly Container[], checkout: Checkout): readonly string[] {
  const {directory, files} = checkout
  const isOurs = ({workingDirectory}: Container): boolean => (workingDirectory ?? directory) === directory
  const others = unique(containers.flatMap(({workingDirectory}) => workingDirectory ?? []))
  return [
    ...others
      .filter((other) => other !== directory)
      .map((other) => `containers of this project were made from ${other}: its runs and notices are there, not here`),
    ...[...otherFiles(containers.filter(isOurs), checkout)].map(
      ([made, services]) =>
        `${services.join(', ')} was started with ${made}, but faci.yml names ${files.join(', ')}: faci up --dry-run tells what that would change`,
    ),
  ]
}
