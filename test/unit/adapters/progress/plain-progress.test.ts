import {describe, expect, it} from 'vitest'
import {createProgress} from '../../../../src/adapters/progress/create-progress.js'
import {createPlainProgress} from '../../../../src/adapters/progress/plain-progress.js'
import {screenTimes} from '../../../../src/domain/time/screen-times.js'

function recorded() {
  const lines: string[] = []
  const progress = createPlainProgress({
    mask: (text) => text.replaceAll('hunter2', '***'),
    times: screenTimes('America/Sao_Paulo'),
    write: (text) => lines.push(text.replace(/^\d\d:\d\d:\d\d-03 /, '')),
  })
  return {lines, progress}
}

describe('plain progress', () => {
  it('is one line an event, with the time', () => {
    const {lines, progress} = recorded()
    const task = progress.start('Restart')
    task.output('Restarting api')
    task.done('Restarted in 2 s')
    expect(lines).toEqual(['▸ Restart\n', '  │ Restarting api\n', '✔ Restarted in 2 s\n'])
  })

  it('says a note once, and nothing for an empty one', () => {
    const {lines, progress} = recorded()
    const task = progress.start('Wait')
    task.note('api: starting')
    task.note('api: starting')
    task.note('')
    task.fail()
    expect(lines).toEqual(['▸ Wait\n', '  api: starting\n', '✖ Wait\n'])
  })

  it('masks, and gives every line of a text its own', () => {
    const {lines, progress} = recorded()
    progress.say('password hunter2\nsecond line')
    expect(lines).toEqual(['password ***\n', 'second line\n'])
  })

  it('says its times as screens do, and leaves those of a program', () => {
    const lines: string[] = []
    const times = screenTimes('America/Sao_Paulo')
    const write = (text: string): void => void lines.push(text.slice('12:04:05-03 '.length))
    const paint = {good: String, bad: String, warn: String, dim: String}
    const progress = createProgress({json: false, tty: false, mask: String, times, write, paint})
    progress.say('held since 2026-11-28T15:04:05.678Z')
    const task = progress.start('Wait')
    task.output('2026-11-28T15:04:05Z')
    task.note('until 2026-11-28T15:04:05Z')
    task.done()
    expect(lines).toEqual([
      'held since 2026-11-28 12:04:05 -03\n',
      '▸ Wait\n',
      '  │ 2026-11-28T15:04:05Z\n',
      '  until 2026-11-28 12:04:05 -03\n',
      '✔ Wait\n',
    ])
  })

  it('says why a task was skipped', () => {
    const {lines, progress} = recorded()
    progress.start('Recreate').skip('already resolved')
    expect(lines.at(-1)).toBe('↷ Recreate: skipped, already resolved\n')
  })
})
