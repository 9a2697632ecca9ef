/** What Compose would make a service's containers of now, as its files say. */
export interface ServiceDefinition {
  readonly service: string
  /** As Compose asks the engine for it. */
  readonly image: string
  /** Whether Compose builds or pulls it before each `up`, so that nobody knows before what the name will stand for. */
  readonly refreshed: 'no' | 'built' | 'pulled'
  /** `up --build` builds it. */
  readonly isBuilt: boolean
  /** The services that come up with it. */
  readonly dependencies: readonly string[]
  /** Those of them with which Compose restarts it, or makes it anew: `restart: true`. */
  readonly follows: readonly string[]
  /** Those of them that Compose waits for, until they are healthy or done, before it starts it: without a container they are no more than missing. */
  readonly awaits?: readonly string[] | undefined
}

/**
 * Compose's own hash of what a service's containers are made of, by service, as a label of theirs has it; one that is missing cannot
 * be had. It covers the image's name always.
 */
export interface ConfigurationHashes {
  readonly hashes: Readonly<Record<string, string>>
  /** Compose 1.29 hashes the image's id as well, v2 does not. */
  readonly coverImageId: boolean
}

/** These services and all that they depend on. */
export function withDependencies(
  services: readonly string[],
  definitions: readonly Pick<ServiceDefinition, 'service' | 'dependencies'>[],
): readonly string[] {
  const all = new Set(services)
  // What is added while it is walked is walked as well.
  for (const service of all) {
    const found = definitions.find((definition) => definition.service === service)
    for (const dependency of found?.dependencies ?? []) all.add(dependency)
  }
  return [...all]
}

export interface Follower {
  readonly service: string
  /** Which of its dependencies it goes with. */
  readonly leader: string
}

/** What goes with these services, and with what goes with them; each once. */
export function followersOf(
  services: readonly string[],
  definitions: readonly Pick<ServiceDefinition, 'service' | 'follows'>[],
): readonly Follower[] {
  const all = new Set(services)
  const found: Follower[] = []
  // What is added while it is walked is walked as well.
  for (const leader of all) {
    const next = definitions.filter(({service, follows}) => follows.includes(leader) && !all.has(service))
    for (const {service} of next) {
      all.add(service)
      found.push({service, leader})
    }
  }
  return found
}
