import {type Now, parseWrittenTime} from '../../domain/time/written-time.js'

const FLAG = /^--(?:at|started-at|detected-at)$/

function momentIn(text: string, now: Now): string {
  return new Date(parseWrittenTime(text, now) * 1000).toISOString()
}

/** A command line that was understood, with the times in it written out. */
export function writtenOut(argv: readonly string[], now: Now): readonly string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    if (end !== -1 && index > end) return word
    if (FLAG.test(argv[index - 1] ?? '')) return momentIn(word, now)
    const [, flag = '', value = ''] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? []
    return FLAG.test(flag) ? `${flag}=${momentIn(value, now)}` : word
  })
}
