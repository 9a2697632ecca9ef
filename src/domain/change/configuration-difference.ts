import {shortDigest} from '../text/digest.js'
import {command} from '../text/shell-command.js'
import {type Provenance, provenanceAdvice, provenanceText} from '../stack/made-elsewhere.js'
import type {StackChange} from './change.js'

/** In what a change would make another configuration than the one that runs, though nobody has edited the files for it. */
export type ConfigurationDifference =
  | Provenance
  /** Their profile is off, and they run. */
  | {readonly kind: 'profiles'; readonly services: readonly string[]}
  /** Nothing sets these variables now, and the services run with other values than their defaults. */
  | {readonly kind: 'variables'; readonly services: readonly string[]; readonly variables: readonly string[]}
  /** Containers of the same files run as this project, and would go on beside the new ones. */
  | {
      readonly kind: 'project'
      readonly services: readonly string[]
      readonly of: 'compose' | 'swarm'
      readonly made: string
      readonly now: string
    }

/** As its own consent is asked for. */
const CONFIGURATION = 'config'

/** What was approved with another version of this list was approved for something else. */
const VERSION = 'faci.config/1'

interface Asked {
  readonly change: StackChange
  readonly project: string
  readonly files: readonly string[]
  readonly endpoint: string
  readonly environment: string
  readonly differences: readonly ConfigurationDifference[]
}

/** What `--approve` gives consent to, and to nothing else: `config@HASH`; null when nothing needs one. */
export function configurationApproval({
  change,
  project,
  files,
  endpoint,
  environment,
  differences,
}: Asked): string | null {
  if (differences.length === 0) return null
  return `${CONFIGURATION}@${shortDigest([VERSION, differences, change, project, files, endpoint, environment])}`
}

function are(services: readonly string[], verb: readonly [one: string, many: string]): string {
  return `${services.join(', ')} ${services.length === 1 ? verb[0] : verb[1]}`
}

/** One clause: how it was, and how it would be. */
export function configurationDifferenceText(difference: ConfigurationDifference): string {
  const {services} = difference
  switch (difference.kind) {
    case 'profiles':
      return `${are(services, ['runs', 'run'])} under a profile that is off for faci`
    case 'variables': {
      const {variables} = difference
      const them = variables.length === 1 ? 'it' : 'them'
      return `${are(services, ['runs', 'run'])} with another value of ${variables.join(', ')} than the default, and nothing sets ${them} now`
    }
    case 'project':
      return `${are(services, ['runs', 'run'])} already, as ${difference.of === 'swarm' ? 'Swarm stack' : 'project'} ${difference.made}: this would start a second copy as ${difference.now}`
    case 'directory':
    case 'files':
    case 'envFiles':
      return provenanceText(difference)
  }
}

/** What puts it right, where it is meant to stay as it is. */
export function configurationAdvice(difference: ConfigurationDifference): string {
  switch (difference.kind) {
    case 'profiles':
      return 'compose: {profiles: […]} in faci.yml'
    case 'variables':
      return difference.variables.map((name) => command`export ${name}=…`).join('; ')
    case 'project':
      return difference.of === 'swarm'
        ? command`docker stack services ${difference.made}`
        : `compose: {project: ${difference.made}} in faci.yml`
    case 'directory':
    case 'files':
    case 'envFiles':
      return provenanceAdvice(difference)
  }
}
