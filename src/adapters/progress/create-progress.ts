import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Progress, Task} from '../../ports/progress.js'
import type {Paint} from './ends.js'
import {createListrProgress} from './listr-progress.js'
import {createPlainProgress} from './plain-progress.js'
import {SILENT_PROGRESS} from './silent-progress.js'

export interface ProgressOptions {
  readonly json: boolean
  readonly tty: boolean
  readonly write: (text: string) => void
  readonly mask: (text: string) => string
  readonly times: ScreenTimes
  readonly paint: Paint
}

function taskWithTimes(task: Task, {sentence}: ScreenTimes): Task {
  const orTitle = (text: string | undefined): readonly [string?] => (text === undefined ? [] : [sentence(text)])
  return {
    note: (text) => {
      task.note(sentence(text))
    },
    output: (text) => {
      task.output(text)
    },
    done: (text) => {
      task.done(...orTitle(text))
    },
    found: (text) => {
      task.found(sentence(text))
    },
    fail: (text) => {
      task.fail(...orTitle(text))
    },
    skip: (reason) => {
      task.skip(sentence(reason))
    },
  }
}

/** What faci says has its times as screens do; what a program put out stays as it is. */
function withTimes(progress: Progress, times: ScreenTimes): Progress {
  return {
    start: (title, options) => taskWithTimes(progress.start(times.sentence(title), options), times),
    say: (text) => {
      progress.say(times.sentence(text))
    },
    pause: (meanwhile) => progress.pause(meanwhile),
  }
}

/** listr2 on a TTY, timestamped plain lines elsewhere, nothing under `--json`. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.json) return SILENT_PROGRESS
  return withTimes(options.tty ? createListrProgress(options) : createPlainProgress(options), options.times)
}
