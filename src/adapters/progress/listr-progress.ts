import type {Progress} from '../../ports/progress.js'
import type {Paint} from './ends.js'
import {ShownTask} from './shown-task.js'

/** Of a terminal that does not tell: its width is 0. */
const DEFAULT_WIDTH = 80

/** Tasks drawn by listr2 on stderr, one at a time and in order; what is said meanwhile waits for its turn. */
export function createListrProgress({
  write,
  mask,
  paint,
  width = () => process.stderr.columns || DEFAULT_WIDTH,
}: {
  readonly write: (text: string) => void
  readonly mask: (text: string) => string
  readonly paint: Paint
  readonly width?: () => number
}): Progress {
  let screen: Promise<void> = Promise.resolve()
  let open: readonly ShownTask[] = []
  const late = (lines: readonly string[]): void => {
    screen = screen.then(() => {
      for (const line of lines) write(`${line}\n`)
    })
  }
  return {
    start: (title, options) => {
      const task = new ShownTask({...options, title, mask, write, paint, width, late})
      open = [...open, task]
      screen = screen.then(async () => {
        await task.draw()
        open = open.filter((other) => other !== task)
      })
      return task
    },
    say: (text) => {
      screen = screen.then(() => {
        write(`${mask(text)}\n`)
      })
    },
    pause: async (meanwhile) => {
      for (const task of open) task.leave()
      const paused = screen.then(meanwhile)
      screen = paused.catch(() => undefined)
      await paused
    },
  }
}
