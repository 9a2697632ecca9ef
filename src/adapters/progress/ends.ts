/** The colours that progress uses; the terminal decides whether there are any. */
export interface Paint {
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
  readonly dim: (text: string) => string
}

export type EndKind = 'done' | 'found' | 'failed' | 'skipped' | 'interrupted'

/** How each end of a task looks: the sign says it, the colour only repeats it. */
export const ENDS: Readonly<Record<EndKind, {readonly sign: string; readonly tone: keyof Paint}>> = {
  done: {sign: '✔', tone: 'good'},
  found: {sign: '▲', tone: 'warn'},
  failed: {sign: '✖', tone: 'bad'},
  skipped: {sign: '↷', tone: 'dim'},
  interrupted: {sign: '■', tone: 'warn'},
}
