/** How many of a service there are and stay, known once the change is planned: left to itself, Compose falls back to one. */
type KeptReplicas = Readonly<Record<string, number>>

/** Services that stay with their previous image, known once the change is planned. */
type PinnedServices = readonly string[]

/** A change to the Compose service: what `up`, `down`, `restart`, `stop`, `start` and `scale` ask for. `revert` is `up --image previous`. */
export type StackChange =
  | {
      readonly kind: 'up'
      readonly services: readonly string[]
      readonly build: boolean
      readonly recreate: boolean
      readonly replicas: KeptReplicas
      /** `--image compose`: services that went back to their previous image take the Compose file's again. */
      readonly unpin?: boolean
      readonly pinned?: PinnedServices
    }
  | {readonly kind: 'revert'; readonly services: readonly string[]; readonly replicas: KeptReplicas}
  | {readonly kind: 'down'}
  | {readonly kind: 'restart'; readonly services: readonly string[]}
  | {readonly kind: 'stop'; readonly services: readonly string[]}
  | {readonly kind: 'start'; readonly services: readonly string[]}
  | {
      readonly kind: 'scale'
      readonly replicas: Readonly<Record<string, number>>
      /** Of what the services depend on. */
      readonly kept?: KeptReplicas
      /** What they depend on is left as it is: it runs, or is a job that has finished and would be run again. */
      readonly alone?: boolean
      readonly pinned?: PinnedServices
    }
