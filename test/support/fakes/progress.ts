import type {Progress} from '../../../src/ports/progress.js'

export interface FakeProgress extends Progress {
  readonly lines: readonly string[]
}

export function fakeProgress(): FakeProgress {
  const lines: string[] = []
  const write = (line: string): void => {
    lines.push(line)
  }
  return {
    lines,
    start: (title) => {
      write(`start ${title}`)
      return {
        note: (text) => write(`note ${text}`),
        output: (line) => write(`output ${line}`),
        done: (text = title) => write(`done ${text}`),
        found: (text) => write(`found ${text}`),
        fail: (text = title) => write(`fail ${text}`),
        skip: (reason) => write(`skip ${title}: ${reason}`),
      }
    },
    say: (text) => write(`say ${text}`),
    pause: async (meanwhile) => {
      write('pause')
      await meanwhile?.()
    },
  }
}
