import {describe, expect, it} from 'vitest'
import {createListrProgress} from '../../../../src/adapters/progress/listr-progress.js'

const same = (text: string): string => text

function recorded() {
  const lines: string[] = []
  const progress = createListrProgress({
    mask: (text) => text.replaceAll('hunter2', '***'),
    width: () => 40,
    paint: {good: same, warn: same, bad: same, dim: same},
    write: (text) => lines.push(text),
  })
  return {lines, progress}
}

describe('listr progress', () => {
  it('leaves one line for a task, and drops the output of one that went well', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Restart')
    task.output('Restarting api')
    task.done('Restarted')
    await progress.pause()
    expect(lines).toEqual(['✔ Restarted\n'])
  })

  it('keeps the output that a task is for, and that of one that failed', async () => {
    const {lines, progress} = recorded()
    const look = progress.start('Look', {keep: true})
    look.output('api is down, hunter2')
    look.found('Look: something bad')
    const act = progress.start('Act')
    act.output('no such container')
    act.fail('Act: exit 1')
    await progress.pause()
    expect(lines).toEqual([
      '▲ Look: something bad\n',
      '  │ api is down, ***\n',
      '✖ Act: exit 1\n',
      '  │ no such container\n',
    ])
  })

  it('cuts what it keeps to the width of the screen', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Logs', {keep: true})
    task.output('x'.repeat(100))
    task.done()
    await progress.pause()
    expect(lines.at(-1)).toBe(`  │ ${'x'.repeat(35)}…\n`)
  })

  it('says how much of a long output is not shown', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Logs', {keep: true})
    for (let line = 1; line <= 100; line += 1) task.output(`line ${String(line)}`)
    task.done()
    await progress.pause()
    expect(lines).toHaveLength(42)
    expect(lines[1]).toBe('  │ … 60 lines before these\n')
    expect(lines.at(-1)).toBe('  │ line 100\n')
  })

  it('keeps up with a block that prints without end', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Logs', {keep: true})
    for (let line = 1; line <= 100_000; line += 1) task.output(`line ${String(line)}`)
    task.done()
    await progress.pause()
    expect(lines).toHaveLength(42)
    expect(lines[1]).toBe('  │ … 99960 lines before these\n')
  })

  it('never waits for a task that nobody will end', async () => {
    const {lines, progress} = recorded()
    progress.start('Wait for resolved')
    progress.say('shown after it')
    await progress.pause()
    expect(lines).toEqual(['■ Wait for resolved\n', 'shown after it\n'])
  })

  it('tells the end of a task that was left when it comes, and leaves a question alone', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Restart')
    await progress.pause(async () => {
      task.done('Restarted')
      await Promise.resolve()
      lines.push('What now?')
    })
    await progress.pause()
    expect(lines).toEqual(['■ Restart\n', 'What now?', '✔ Restarted\n'])
  })

  it('says what is said meanwhile after the task', async () => {
    const {lines, progress} = recorded()
    const task = progress.start('Notify')
    progress.say('the notice')
    task.done()
    await progress.pause()
    expect(lines).toEqual(['✔ Notify\n', 'the notice\n'])
  })
})
