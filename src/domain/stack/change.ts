/** A change to the Compose service: what `up`, `down`, `restart`, `stop`, `start` and `scale` ask for. `revert` is `up --image previous`. */
export type StackChange =
  | {readonly kind: 'up'; readonly services: readonly string[]; readonly build: boolean; readonly recreate: boolean}
  | {
      readonly kind: 'revert'
      readonly services: readonly string[]
      /** How many of each to make: as many as there are, once it is planned. Compose would fall back to one. */
      readonly replicas: Readonly<Record<string, number>>
    }
  | {readonly kind: 'down'}
  | {readonly kind: 'restart'; readonly services: readonly string[]}
  | {readonly kind: 'stop'; readonly services: readonly string[]}
  | {readonly kind: 'start'; readonly services: readonly string[]}
  | {readonly kind: 'scale'; readonly replicas: Readonly<Record<string, number>>}
