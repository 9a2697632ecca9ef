import {Listr, type ListrDefaultRendererLogLevels, ListrLogger, ProcessOutput} from 'listr2'
import {visibleLine} from '../../domain/text/visible.js'
import type {Task, TaskOptions} from '../../ports/progress.js'
import {ENDS, type EndKind, type Paint} from './ends.js'

const TAIL_LINES = 5
const KEPT_LINES = 40
const FAILED_LINES = 15
const TICK_MS = 1000
/** The screen follows a torrent of output this often: drawing every line would hold the block up. */
const REDRAW_MS = 100
/** What stands before a kept line. */
const GUTTER = 4
const MINUTE = 60
/** Below it a time is noise. */
const WORTH_TELLING_SECONDS = 0.1

export interface ShownTaskOptions extends TaskOptions {
  readonly title: string
  readonly mask: (text: string) => string
  readonly write: (text: string) => void
  readonly paint: Paint
  /** Columns of the terminal now. */
  readonly width: () => number
  /** Takes the lines of an end that comes when the task is drawn no more. */
  readonly late: (lines: readonly string[]) => void
}

interface ListrTask {
  title: string
  output: string
}

interface Ending {
  readonly kind: EndKind
  readonly text: string
  readonly seconds: number
}

/** `4s`, `1m 30s`. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return whole < MINUTE ? `${String(whole)}s` : `${String(Math.floor(whole / MINUTE))}m ${String(whole % MINUTE)}s`
}

/** A line of the screen; the whole of it is in the run's folder. */
function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}

/** Alive it is listr2's: spinner, running time, the tail of its output. Its end is one line, with what of the output is worth keeping. */
export class ShownTask implements Task {
  readonly #options: ShownTaskOptions
  readonly #title: string
  readonly #started = performance.now()
  readonly #ended: Promise<Ending>
  /** The last lines of its output. */
  #lines: string[] = []
  #lineCount = 0
  #redraw: NodeJS.Timeout | undefined
  #noted = ''
  #shown: ListrTask | undefined
  #ending: Ending | undefined
  #isLeft = false
  #resolve: (ending: Ending) => void = () => undefined

  constructor(options: ShownTaskOptions) {
    this.#options = options
    this.#title = visibleLine(options.mask(options.title))
    this.#ended = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  note = (text: string): void => {
    this.#noted = visibleLine(this.#options.mask(text))
    this.#retitle()
  }

  output = (line: string): void => {
    this.#lines.push(visibleLine(this.#options.mask(line)))
    this.#lineCount += 1
    if (this.#lines.length > KEPT_LINES) this.#lines.shift()
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined
      if (this.#shown !== undefined) this.#shown.output = this.#tail()
    }, REDRAW_MS).unref()
  }

  done = (text = this.#title): void => {
    this.#end('done', text)
  }

  found = (text: string): void => {
    this.#end('found', text)
  }

  fail = (text = this.#title): void => {
    this.#end('failed', text)
  }

  skip = (reason: string): void => {
    this.#end('skipped', `${this.#title}: skipped, ${reason}`)
  }

  /** Draws it no more, if nobody has ended it; its end is told when it comes. */
  leave(): void {
    if (this.#ending !== undefined) return
    this.#end('interrupted', this.#title)
    this.#isLeft = true
  }

  /** Draws the task until it ends, then leaves its last line. */
  async draw(): Promise<void> {
    if (this.#ending === undefined) await this.#live()
    const {write} = this.#options
    for (const line of this.#rest(await this.#ended)) write(`${line}\n`)
  }

  async #live(): Promise<void> {
    const ticking = setInterval(() => {
      this.#retitle()
    }, TICK_MS)
    const list = new Listr([{title: this.#titleNow(), task: (_context, task) => this.#follow(task)}], {
      registerSignalListeners: false,
      rendererOptions: {
        clearOutput: true,
        formatOutput: 'truncate',
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
      },
    })
    await list.run()
    clearInterval(ticking)
  }

  async #follow(task: ListrTask): Promise<void> {
    this.#shown = task
    if (this.#lines.length > 0) task.output = this.#tail()
    await this.#ended
    this.#shown = undefined
  }

  #retitle(): void {
    if (this.#shown !== undefined) this.#shown.title = this.#titleNow()
  }

  #titleNow(): string {
    const seconds = (performance.now() - this.#started) / 1000
    const parts = [this.#title, seconds < 1 ? '' : clock(seconds), this.#noted]
    return parts.filter((part) => part !== '').join('  ')
  }

  #tail(): string {
    return this.#lines.slice(-TAIL_LINES).join('\n')
  }

  #rest({kind, text, seconds}: Ending): readonly string[] {
    const {paint, keep = false, width} = this.#options
    const {sign, tone} = ENDS[kind]
    const spent = seconds < WORTH_TELLING_SECONDS ? '' : `  ${seconds < 10 ? `${seconds.toFixed(1)}s` : clock(seconds)}`
    const most = keep ? KEPT_LINES : kind === 'failed' ? FAILED_LINES : 0
    const kept = most === 0 ? [] : this.#lines.slice(-most)
    const left = this.#lineCount - kept.length
    const above = kept.length > 0 && left > 0 ? [`… ${String(left)} lines before these`] : []
    return [
      `${paint[tone](sign)} ${cut(text, width() - GUTTER - spent.length)}${paint.dim(spent)}`,
      ...[...above, ...kept].map((line) => `  ${paint.dim('│')} ${cut(line, width() - GUTTER)}`),
    ]
  }

  #end(kind: EndKind, text: string): void {
    const ending = {
      kind,
      text: visibleLine(this.#options.mask(text)),
      seconds: (performance.now() - this.#started) / 1000,
    }
    if (this.#isLeft) this.#options.late(this.#rest(ending))
    this.#isLeft = false
    if (this.#ending !== undefined) return
    this.#ending = ending
    this.#resolve(ending)
  }
}
