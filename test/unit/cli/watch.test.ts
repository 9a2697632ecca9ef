import {describe, expect, it} from 'vitest'
import {watch} from '../../../src/cli/watch.js'

describe('watch', () => {
  it('ends at Ctrl-C, also while a frame is still being asked for, and gives the screen back', async () => {
    const written: string[] = []
    const options = {separator: '', intervalSeconds: 1, sleep: () => Promise.resolve(), inPlace: true}
    const frame = (): Promise<string> => {
      setImmediate(() => process.emit('SIGINT'))
      return new Promise(() => undefined)
    }
    await watch(frame, {...options, write: (text) => written.push(text)})
    expect(written).toEqual(['\u001B[?1049h\u001B[?25l\u001B[?7l', '\u001B[?7h\u001B[?25h\u001B[?1049l'])
  })
})
