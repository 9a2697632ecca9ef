import type {Progress} from '../../ports/progress.js'

/** One line an event, with the time of day in UTC, for logs, pipes and cron. */
export function createPlainProgress({
  write,
  mask,
}: {
  readonly write: (text: string) => void
  readonly mask: (text: string) => string
}): Progress {
  const line = (text: string): void => {
    const time = new Date().toISOString().slice(11, 19)
    for (const part of mask(text).trimEnd().split('\n')) write(`${time}Z ${part}\n`)
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
    say: line,
    pause: async (meanwhile) => {
      await meanwhile?.()
    },
  }
}
