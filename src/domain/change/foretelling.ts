import type {Container} from '../stack/container.js'

/** What Compose itself says that it would do; names of containers, networks and volumes as the engine has them. */
export interface Foretelling {
  readonly running: readonly string[]
  readonly recreated: readonly string[]
  /** Stopped, and the same ones started again. */
  readonly stopped: readonly string[]
  /** Removed, and made anew. */
  readonly networks: readonly string[]
  /** Made otherwise than the Compose file has them now; Compose asks before it touches them, and is told no. */
  readonly keptVolumes: readonly string[]
  /** Rather than up to where its dry run failed. */
  readonly isWhole: boolean
}

const LINE = /^ *(?:DRY-RUN MODE - +)?(Container|Network) +([\w.-]+) +([A-Z][a-z]+)\s*$/
const QUESTION = /^.*\(data will be lost\)\?/
const VOLUME = /Volume "([\w.-]+)" exists but doesn't match configuration in compose file/g

/** Of what `docker compose --dry-run up` prints, on either stream. What is not understood is left out. */
export function readForetelling(printed: string, isWhole = true): Foretelling {
  const lines = printed.split('\n').flatMap((line) => {
    // The question about a volume ends without a line break.
    const [, kind, name, deed] = LINE.exec(line.replace(QUESTION, '')) ?? []
    return kind === undefined || name === undefined || deed === undefined ? [] : [{kind, name, deed}]
  })
  const namesOf = (kind: string, deed: string): readonly string[] => [
    ...new Set(lines.flatMap((line) => (line.kind === kind && line.deed === deed ? [line.name] : []))),
  ]
  const [recreated, removed] = [namesOf('Container', 'Recreate'), namesOf('Container', 'Removing')]
  const isKept = (name: string): boolean => !recreated.includes(name) && !removed.includes(name)
  const stopped = namesOf('Container', 'Stopping').filter(isKept)
  return {
    running: namesOf('Container', 'Running').filter((name) => isKept(name) && !stopped.includes(name)),
    recreated,
    stopped,
    networks: namesOf('Network', 'Removed'),
    keptVolumes: [...new Set(Array.from(printed.matchAll(VOLUME), ([, name = '']) => name))],
    isWhole,
  }
}

export type Foretold = 'running' | 'recreated' | 'stopped' | 'unsaid'

/** What is said of all of a service's containers: the worst of it, and `running` only where it is said of each. */
export function foretoldOf(own: readonly Container[], foretelling: Foretelling): Foretold {
  const names = own.map(({name}) => name)
  if (names.some((name) => foretelling.recreated.includes(name))) return 'recreated'
  if (names.some((name) => foretelling.stopped.includes(name))) return 'stopped'
  return names.every((name) => foretelling.running.includes(name)) ? 'running' : 'unsaid'
}

/** Whose containers Compose replaces or stops, whether or not the change names them. */
export function touchedServices(containers: readonly Container[], foretelling: Foretelling | null): readonly string[] {
  if (foretelling === null) return []
  const names = new Set([...foretelling.recreated, ...foretelling.stopped])
  return containers.flatMap(({name, service}) => (names.has(name) ? [service] : []))
}

/** What Compose says of volumes that it leaves, for people. */
export function keptVolumeWarnings(foretelling: Foretelling | null): readonly string[] {
  const kept = foretelling?.keptVolumes ?? []
  return kept.map((name) => `the Compose file has changed the volume ${name}: Compose keeps the old one as it is`)
}
