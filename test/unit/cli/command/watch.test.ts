import {describe, expect, it} from 'vitest'
import {watch} from '../../../../src/cli/command/watch.js'

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

  it.each([
    [24, 60],
    [15, 60],
    [15, 14],
  ])('shows the beginning of a frame on %d rows, and how much of %d lines does not fit', async (rows, height) => {
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'rows')
    Object.defineProperty(process.stdout, 'rows', {value: rows, configurable: true})
    const written: string[] = []
    const sleep = () => Promise.resolve(void process.emit('SIGINT'))
    const frame = () => Promise.resolve(Array.from({length: height}, (_, line) => `line ${String(line)}`).join('\n'))
    try {
      await watch(frame, {separator: '', intervalSeconds: 1, sleep, inPlace: true, write: (text) => written.push(text)})
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.stdout, 'rows')
      else Object.defineProperty(process.stdout, 'rows', before)
    }
    const lines = (written[1] ?? '').split('\n').map((line) => line.replaceAll(/\u001B\[[A-Z]/g, ''))
    const shown = Math.min(height, rows - 1)
    // The cursor stands below: one row is its.
    expect(lines).toHaveLength(shown + 1)
    expect(lines[0]).toBe('line 0')
    expect(lines[shown - 1]).toBe(height > shown ? `… ${String(height - shown + 1)} more` : `line ${String(shown - 1)}`)
  })
})
