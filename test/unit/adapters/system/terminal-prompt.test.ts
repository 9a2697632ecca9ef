import {PassThrough} from 'node:stream'
import {setTimeout as wait} from 'node:timers/promises'
import {describe, expect, it} from 'vitest'
import {terminalPrompt} from '../../../../src/adapters/system/terminal-prompt.js'

const CHOICES = [
  {key: 'y', label: 'yes'},
  {key: 'q', label: 'quit'},
]
const CTRL_C = '\u0003'

/** `type` waits as a person does, until the last question is on the screen and what was typed before is forgotten. */
function terminal(tty = true) {
  const raw: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: tty,
    setRawMode: (to: boolean) => void raw.push(to),
  })
  const output = Object.assign(new PassThrough(), {isTTY: tty})
  let screen = ''
  output.on('data', (piece: Buffer) => (screen += piece.toString()))
  const prompt = terminalPrompt({input, output, shown: (text) => text.replaceAll('hunter2', '***')})
  const type = async (text: string): Promise<void> => {
    while (input.listenerCount('keypress') === 0) await wait(1)
    input.write(text)
  }
  return {input, output, raw, prompt, type, screen: () => screen}
}

describe('the terminal prompt', () => {
  it('gives the key of the choice, by key or by label', async () => {
    const {type, prompt} = terminal()
    const first = prompt.choose('Go on?', CHOICES)
    await type('Y\n')
    expect(await first).toBe('y')
    const second = prompt.choose('Go on?', CHOICES)
    await type('quit\n')
    expect(await second).toBe('q')
  })

  it('shows choices that have a note as a list, and takes a number or a name', async () => {
    const {type, prompt, screen} = terminal()
    const choices = [
      {key: '1', label: 'api-down', note: 'API down'},
      {key: '2', label: 'high-latency', note: 'High latency'},
    ]
    const answer = prompt.choose('Choose a runbook:', choices)
    await type('high-latency\n')
    expect(await answer).toBe('2')
    const shown = '  1  api-down      API down\n  2  high-latency  High latency\nChoose a runbook: [1–2 or a name] '
    expect(screen()).toContain(shown)
  })

  it('forgets what was typed before the question, a line that was only begun too', async () => {
    const {input, type, prompt} = terminal()
    input.write('y\ny\ny')
    const answer = prompt.choose('Go on?', CHOICES)
    await type('q\n')
    expect(await answer).toBe('q')
    input.write('y\n')
    const next = prompt.ask('Environment: ')
    await type('production\n')
    expect(await next).toBe('production')
  })

  it('is interrupted by a Ctrl-C among what was typed too early', async () => {
    const {input, prompt, screen} = terminal()
    input.write(`y\n${CTRL_C}y\n`)
    await expect(prompt.choose('Go on?', CHOICES)).rejects.toMatchObject({code: 'interrupted'})
    expect(screen()).toContain('Go on?')
  })

  it('asks one at a time: a new question ends the one that is open, and only it gets what is typed', async () => {
    const {type, input, prompt, screen} = terminal()
    const gate = prompt.choose('Run it?', CHOICES)
    while (input.listenerCount('keypress') === 0) await wait(1)
    const ended = expect(gate).rejects.toMatchObject({code: 'interrupted'})
    const menu = prompt.choose('What now?', [{key: 'c', label: 'continue'}])
    await ended
    while (!screen().includes('What now?')) await wait(1)
    await type('c\n')
    expect(await menu).toBe('c')
    const again = prompt.choose('Run it?', CHOICES)
    await type('y\n')
    expect(await again).toBe('y')
  })

  it('leaves the terminal as it was, however the question ends', async () => {
    const {raw, type, prompt} = terminal()
    const answer = prompt.ask('? ')
    await type('a\n')
    await answer
    expect([raw[0], raw.at(-1)]).toEqual([true, false])
    const interrupted = prompt.ask('? ')
    await type(CTRL_C)
    await expect(interrupted).rejects.toMatchObject({code: 'interrupted'})
    expect(raw.at(-1)).toBe(false)
  })

  it('hides secrets in what it asks', async () => {
    const {type, screen, prompt} = terminal()
    const answer = prompt.choose('Run it with hunter2?', CHOICES)
    await type('y\n')
    await answer
    expect(screen()).toContain('Run it with ***?')
  })

  it('asks again when the answer is none of the choices, and forgets what came with it', async () => {
    const {type, screen, prompt} = terminal()
    const answer = prompt.choose('Go on?', CHOICES)
    await type('maybe\ny\n')
    while (screen().split('Go on?').length < 3) await wait(1)
    await type('q\n')
    expect(await answer).toBe('q')
  })

  it('writes a question of many lines once, and only its last line again when a character is taken back', async () => {
    const {type, screen, prompt} = terminal()
    const answer = prompt.ask('The whole card\nType it: ')
    await type('ax\u007F\n')
    expect(await answer).toBe('a')
    expect(screen().split('The whole card').length).toBe(2)
    expect(screen().split('Type it: ').length).toBe(3)
  })

  it('takes the fallback for an empty line', async () => {
    const {type, prompt} = terminal()
    const answer = prompt.choose('Go on?', CHOICES, 'q')
    await type('\n')
    expect(await answer).toBe('q')
  })

  it('gives what was typed, trimmed', async () => {
    const {type, prompt} = terminal()
    const answer = prompt.ask('Environment: ')
    await type('  production \n')
    expect(await answer).toBe('production')
  })

  it.each([
    ['at once', (input: PassThrough) => input.end()],
    ['later', (input: PassThrough) => setTimeout(() => input.end(), 60)],
    ['by an error, as of a terminal that was closed', (input: PassThrough) => input.destroy(new Error('EIO'))],
    [
      'by an error later',
      (input: PassThrough) =>
        setTimeout(() => {
          input.destroy(new Error('EIO'))
        }, 60),
    ],
  ])('is interrupted when the input ends %s', async (_, end) => {
    const {input, prompt} = terminal()
    const answer = prompt.ask('? ')
    end(input)
    await expect(answer).rejects.toMatchObject({code: 'interrupted'})
  })

  it('is interrupted by a signal, such as that of TERM, while nobody answers', async () => {
    const controller = new AbortController()
    const answers = [
      terminal().prompt.choose('Go on?', CHOICES, undefined, controller.signal),
      terminal().prompt.ask('? ', controller.signal),
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
