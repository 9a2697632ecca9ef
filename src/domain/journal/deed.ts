/** What became of a mitigation or a rollback, as far as it is known. */
export type BlockDeed =
  | 'carriedOut'
  | 'cutOff'
  | 'didNotHelp'
  | 'failed'
  /** Nobody looked long enough to say whether it helped. */
  | 'notAwaited'
  | 'notStarted'
  | 'notUndone'
  | 'skipped'
  | 'undone'
  /** Whether it helped cannot be verified. */
  | 'unseen'

/** One thing that a run did. `told` is the whole summary of a journal of before December 2026, its reason included. */
export type Deed =
  | {readonly did: BlockDeed; readonly id: string}
  | {readonly did: 'resolvedIt'; readonly id: string; readonly afterSeconds: number}
  | {readonly did: 'nothing'}
  | {readonly did: 'told'; readonly text: string}
