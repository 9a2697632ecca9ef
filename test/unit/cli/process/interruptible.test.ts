import {describe, expect, it} from 'vitest'
import {interruptible} from '../../../../src/cli/process/interruptible.js'

describe('interruptible', () => {
  it('aborts the work at the first signal, and still listens while the other listeners of that signal run', async () => {
    const before = process.listenerCount('SIGINT')
    let during = -1
    const other = (): void => {
      during = process.listenerCount('SIGINT')
    }
    const aborted = await interruptible(({signal}) => {
      process.on('SIGINT', other)
      process.emit('SIGINT')
      process.off('SIGINT', other)
      return Promise.resolve(signal.aborted)
    })
    expect({aborted, during}).toEqual({aborted: true, during: before + 2})
    expect(process.listenerCount('SIGINT')).toBe(before)
  })

  it('hands Ctrl-C to whoever asks what it means, each time, and still ends at TERM', async () => {
    let asked = 0
    const aborted = await interruptible(({signal, onCtrlC}) => {
      onCtrlC(() => {
        asked += 1
      })
      process.emit('SIGINT')
      process.emit('SIGINT')
      const before = signal.aborted
      process.emit('SIGTERM')
      return Promise.resolve([before, signal.aborted])
    })
    expect([asked, aborted]).toEqual([2, [false, true]])
  })

  it('stops listening after the first signal, so that a second one kills as usual', async () => {
    const before = process.listenerCount('SIGINT')
    await interruptible(async () => {
      process.emit('SIGINT')
      await new Promise(setImmediate)
      expect(process.listenerCount('SIGINT')).toBe(before)
    })
  })
})
