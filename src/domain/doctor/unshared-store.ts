/** Why the group of `store.group` does not share the store. */
export type UnsharedStore = {readonly group: string} & (
  | {readonly why: 'noGroup' | 'notMember'}
  /** What is there was made for its owner alone, who shares it with the next change. */
  | {readonly why: 'notYet'; readonly directory: string; readonly owner: number}
)
