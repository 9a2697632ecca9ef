import type {Progress, Task} from '../../ports/progress.js'

const nothing = (): void => undefined

const TASK: Task = {note: nothing, output: nothing, done: nothing, found: nothing, fail: nothing, skip: nothing}

/** Shows nothing: under `--json` and in tests. */
export const SILENT_PROGRESS: Progress = {
  start: () => TASK,
  say: nothing,
  pause: async (meanwhile) => {
    await meanwhile?.()
  },
}
