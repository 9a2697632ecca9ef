import {Listr, type ListrDefaultRendererLogLevels, ListrLogger, PRESET_TIMER, ProcessOutput} from 'listr2'
import type {Progress, Task} from '../../ports/progress.js'

const TAIL_LINES = 5

interface ListrTask {
  title: string
  output: string
  skip: (message?: string) => void
}

type Ending =
  {readonly kind: 'done' | 'fail'; readonly text: string | undefined} | {readonly kind: 'skip'; readonly text: string}

/** Shows one task at a time; what a task says before it is its turn is kept for then. */
class ShownTask implements Task {
  readonly #title: string
  readonly #mask: (text: string) => string
  #tail: string[] = []
  #noted = ''
  #shown: ListrTask | undefined
  #ending: Ending | undefined
  #end: ((ending: Ending) => void) | undefined

  constructor(title: string, mask: (text: string) => string) {
    this.#title = mask(title)
    this.#mask = mask
  }

  note = (text: string): void => {
    this.#noted = this.#mask(text)
    if (this.#shown !== undefined) this.#shown.title = this.#titleNow()
  }

  output = (line: string): void => {
    this.#tail = [...this.#tail, this.#mask(line)].slice(-TAIL_LINES)
    if (this.#shown !== undefined) this.#shown.output = this.#tail.join('\n')
  }

  done = (text?: string): void => {
    this.#finish({kind: 'done', text})
  }

  fail = (text?: string): void => {
    this.#finish({kind: 'fail', text})
  }

  skip = (reason: string): void => {
    this.#finish({kind: 'skip', text: reason})
  }

  /** Draws the task until it ends. */
  draw(): Promise<unknown> {
    const list = new Listr([{title: this.#titleNow(), task: (_context, task) => this.#follow(task)}], {
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: {
        collapseErrors: false,
        collapseSkips: false,
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
        showErrorMessage: false,
        suffixSkips: false,
        timer: PRESET_TIMER,
      },
    })
    return list.run()
  }

  #titleNow(): string {
    return this.#noted === '' ? this.#title : `${this.#title} · ${this.#noted}`
  }

  async #follow(task: ListrTask): Promise<void> {
    this.#shown = task
    if (this.#tail.length > 0) task.output = this.#tail.join('\n')
    const ending = await new Promise<Ending>((resolve) => {
      if (this.#ending === undefined) this.#end = resolve
      else resolve(this.#ending)
    })
    const text = ending.text === undefined ? this.#title : this.#mask(ending.text)
    if (ending.kind === 'skip') {
      task.skip(`${this.#title}: skipped, ${text}`)
      return
    }
    task.title = text
    if (ending.kind === 'fail') throw new Error(text)
  }

  #finish(ending: Ending): void {
    this.#ending ??= ending
    this.#end?.(this.#ending)
  }
}

/** Tasks drawn by listr2 on stderr: spinner, running time, the tail of the live output. */
export function createListrProgress({
  write,
  mask,
}: {
  readonly write: (text: string) => void
  readonly mask: (text: string) => string
}): Progress {
  let screen: Promise<unknown> = Promise.resolve()
  return {
    start: (title) => {
      const task = new ShownTask(title, mask)
      screen = screen.then(() => task.draw())
      return task
    },
    say: (text) => {
      screen = screen.then(() => {
        write(`${mask(text)}\n`)
      })
    },
    pause: async () => {
      await screen
    },
  }
}
