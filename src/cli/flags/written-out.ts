import type {Now} from '../../domain/time/named-day.js'
import {parseDueTime} from '../../domain/time/due-time.js'
import {parseWrittenTime} from '../../domain/time/written-time.js'

const FLAG = /^--(?:at|started-at|detected-at|due)$/

function momentIn(flag: string, text: string, now: Now): string {
  const read = flag === '--due' ? parseDueTime : parseWrittenTime
  return new Date(read(text, now) * 1000).toISOString()
}

/** A command line that was understood, with the times in it written out. */
export function writtenOut(argv: readonly string[], now: Now): readonly string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    if (end !== -1 && index > end) return word
    const before = argv[index - 1] ?? ''
    if (FLAG.test(before)) return momentIn(before, word, now)
    const [, flag = '', value = ''] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? []
    return FLAG.test(flag) ? `${flag}=${momentIn(flag, value, now)}` : word
  })
}
