import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Progress} from '../../ports/progress.js'
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

/** listr2 on a TTY, timestamped plain lines elsewhere, nothing under `--json`. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.json) return SILENT_PROGRESS
  return options.tty ? createListrProgress(options) : createPlainProgress(options)
}
