import type {MessageReference, Notice} from '../../../src/domain/notice/notice.js'
import type {Delivery, Notifier} from '../../../src/ports/notifier.js'

export interface FakePost {
  readonly notice: Notice
  readonly root: MessageReference | null
}

export interface FakeNotifier extends Notifier {
  readonly posts: readonly FakePost[]
  readonly edits: readonly {readonly root: MessageReference; readonly notice: Notice}[]
  /** What the next calls answer instead of delivering, one each. */
  readonly failNext: (...deliveries: readonly Delivery[]) => void
}

export function fakeNotifier(channel = 'slack', threaded = true): FakeNotifier {
  const posts: FakePost[] = []
  const edits: {readonly root: MessageReference; readonly notice: Notice}[] = []
  const failures: Delivery[] = []
  return {
    channel,
    threaded,
    posts,
    edits,
    failNext: (...deliveries) => {
      failures.push(...deliveries)
    },
    send: (notice, root) => {
      const failure = failures.shift()
      if (failure !== undefined) return Promise.resolve(failure)
      posts.push({notice, root})
      return Promise.resolve({
        kind: 'delivered',
        message: threaded ? {channel: 'C1', id: `ts-${String(posts.length)}`} : null,
      })
    },
    edit: (root, notice) => {
      const failure = failures.shift()
      if (failure !== undefined) return Promise.resolve(failure)
      if (!threaded) return Promise.resolve({kind: 'rejected', reason: 'messages here cannot be edited'})
      edits.push({root, notice})
      return Promise.resolve({kind: 'delivered', message: root})
    },
  }
}
