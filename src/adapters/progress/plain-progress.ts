import type {ScreenTimes} from '../../domain/time/screen-times.js'
import {visibleLine} from '../../domain/text/visible.js'
import type {Progress} from '../../ports/progress.js'

/** One line an event, with the time of day, for logs, pipes and cron. */
export function createPlainProgress({
  write,
  mask,
  times,
}: {
  readonly write: (text: string) => void
  readonly mask: (text: string) => string
  readonly times: ScreenTimes
}): Progress {
  const say = (text: string): void => {
    const time = times.timeOfDay(new Date().toISOString())
    for (const part of mask(text).trimEnd().split('\n')) write(`${time} ${part}\n`)
  }
  const line = (text: string): void => {
    say(visibleLine(mask(text).trimEnd()))
  }
  return {
    start: (title) => {
      line(`▸ ${title}`)
      let noted = ''
      return {
        note: (text) => {
          if (text !== '' && text !== noted) line(`  ${text}`)
          noted = text
        },
        output: (text) => {
          line(`  │ ${text}`)
        },
        done: (text = title) => {
          line(`✔ ${text}`)
        },
        found: (text) => {
          line(`▲ ${text}`)
        },
        fail: (text = title) => {
          line(`✖ ${text}`)
        },
        skip: (reason) => {
          line(`↷ ${title}: skipped, ${reason}`)
        },
      }
    },
    say,
    pause: async (meanwhile) => {
      await meanwhile?.()
    },
  }
}
