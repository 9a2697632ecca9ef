import {PassThrough} from 'node:stream'
import {describe, expect, it} from 'vitest'
import {terminalPrompt} from '../../../../src/adapters/system/terminal-prompt.js'

const CHOICES = [
  {key: 'y', label: 'yes'},
  {key: 'q', label: 'quit'},
]

function terminal(tty = true) {
  const input = Object.assign(new PassThrough(), {isTTY: tty})
  const output = Object.assign(new PassThrough(), {isTTY: tty})
  return {input, output, prompt: terminalPrompt({input, output, mask: (text) => text.replaceAll('hunter2', '***')})}
}

describe('the terminal prompt', () => {
  it('gives the key of the choice, by key or by label', async () => {
    const {input, prompt} = terminal()
    const first = prompt.choose('Go on?', CHOICES)
    input.write('Y\n')
    expect(await first).toBe('y')
    const second = prompt.choose('Go on?', CHOICES)
    input.write('quit\n')
    expect(await second).toBe('q')
  })

  it('hides secrets in what it asks', async () => {
    const {input, output, prompt} = terminal()
    const answer = prompt.choose('Run it with hunter2?', CHOICES)
    input.write('y\n')
    await answer
    expect(String(output.read())).toContain('Run it with ***?')
  })

  it('asks again when the answer is none of the choices', async () => {
    const {input, output, prompt} = terminal()
    const answer = prompt.choose('Go on?', CHOICES)
    input.write('maybe\n')
    setTimeout(() => input.write('q\n'), 20)
    expect(await answer).toBe('q')
    expect(String(output.read()).split('Go on?').length).toBeGreaterThan(2)
  })

  it('takes the fallback for an empty line', async () => {
    const {input, prompt} = terminal()
    const answer = prompt.choose('Go on?', CHOICES, 'q')
    input.write('\n')
    expect(await answer).toBe('q')
  })

  it('gives what was typed, trimmed', async () => {
    const {input, prompt} = terminal()
    const answer = prompt.ask('Environment: ')
    input.write('  production \n')
    expect(await answer).toBe('production')
  })

  it('is interrupted by Ctrl-C and by the end of input', async () => {
    const first = terminal()
    const interrupted = first.prompt.ask('? ')
    first.input.write('\u0003')
    await expect(interrupted).rejects.toMatchObject({code: 'interrupted'})
    const second = terminal()
    const ended = second.prompt.ask('? ')
    second.input.end()
    await expect(ended).rejects.toMatchObject({code: 'interrupted'})
  })

  it('is interrupted by a signal, such as that of TERM, while nobody answers', async () => {
    const controller = new AbortController()
    const {prompt} = terminal()
    const answers = [
      prompt.choose('Go on?', CHOICES, undefined, controller.signal),
      prompt.ask('? ', controller.signal),
    ]
    setTimeout(() => {
      controller.abort()
    }, 20)
    for (const answer of answers) await expect(answer).rejects.toMatchObject({code: 'interrupted'})
    await expect(terminal().prompt.ask('? ', controller.signal)).rejects.toMatchObject({code: 'interrupted'})
  })

  it('may not be used without a terminal on both sides', () => {
    expect(terminal().prompt.available).toBe(true)
    expect(terminal(false).prompt.available).toBe(false)
  })
})
