import type {MessageReference, Notice} from '../../../src/domain/notices/notice.js'
import type {Delivery, Notifier, Reach, Sighting} from '../../../src/ports/notifier.js'

export interface FakePost {
  readonly notice: Notice
  readonly root: MessageReference | null
  readonly remaining?: readonly string[]
  readonly mayBeRepeat: boolean
}

export interface FakeNotifier extends Notifier {
  readonly posts: readonly FakePost[]
  readonly edits: readonly {readonly root: MessageReference; readonly notice: Notice}[]
  /** The ids that were looked for. */
  readonly looks: readonly string[]
  /** What the next calls of `send` and `edit` answer instead of delivering, one each. */
  readonly failNext: (...deliveries: readonly Delivery[]) => void
  /** The next `send` takes the notice, and says that it does not know. */
  readonly swallowNext: () => void
  /** What the next looks answer instead of what is there, one each. */
  readonly seeNext: (...sightings: readonly Sighting[]) => void
}

export const DOWN = {
  kind: 'failed',
  reason: {why: 'unreachable', service: 'Slack', code: null},
  retryAfterSeconds: null,
  mayHaveArrived: false,
} as const
export const UNANSWERED = {
  ...DOWN,
  reason: {why: 'notAnswered', service: 'Slack'},
  mayHaveArrived: true,
} as const

/** What a channel without threads says of a post that was not answered. */
export const BLIND = {why: 'perhapsTaken', service: 'Slack', channel: '', reason: null, isWorthALook: false} as const

export function fakeNotifier(channel = 'slack', threaded = true, reach: Reach = {kind: 'people'}): FakeNotifier {
  const posts: FakePost[] = []
  const edits: {readonly root: MessageReference; readonly notice: Notice}[] = []
  const looks: string[] = []
  const failures: Delivery[] = []
  const sightings: Sighting[] = []
  let swallows = 0
  const placeOf = (index: number): MessageReference | null =>
    threaded ? {channel: 'C1', id: `ts-${String(index + 1)}`} : null
  return {
    channel,
    threaded,
    reach,
    repeat: threaded ? 'look' : 'marked',
    posts,
    edits,
    looks,
    failNext: (...deliveries) => {
      failures.push(...deliveries)
    },
    swallowNext: () => {
      swallows += 1
    },
    seeNext: (...next) => {
      sightings.push(...next)
    },
    send: (notice, root, remaining, mayBeRepeat = false) => {
      const failure = failures.shift()
      if (failure !== undefined) return Promise.resolve(failure)
      posts.push({notice, root, mayBeRepeat, ...(remaining === undefined ? {} : {remaining})})
      if (swallows > 0) {
        swallows -= 1
        return Promise.resolve(UNANSWERED)
      }
      return Promise.resolve({kind: 'delivered', message: placeOf(posts.length - 1)})
    },
    edit: (root, notice) => {
      const failure = failures.shift()
      if (failure !== undefined) return Promise.resolve(failure)
      if (!threaded) return Promise.resolve({kind: 'rejected', reason: {why: 'notEditable', what: 'webhook'}})
      edits.push({root, notice})
      return Promise.resolve({kind: 'delivered', message: root})
    },
    find: ({id}) => {
      looks.push(id)
      const sighting = sightings.shift()
      if (sighting !== undefined) return Promise.resolve(sighting)
      const index = posts.findIndex(({notice}) => notice.id === id)
      const message = placeOf(index)
      if (!threaded) return Promise.resolve({kind: 'blind', reason: BLIND})
      return Promise.resolve(index === -1 || message === null ? {kind: 'absent'} : {kind: 'found', message})
    },
    probe: () => Promise.resolve({kind: 'ok', detail: 'a fake'}),
  }
}
