/** The other screen, no cursor, and lines that are cut and not wrapped, so that a row is a row. */
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l'
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l'
const HOME = '\u001B[H'
const CLEAR_LINE = '\u001B[K'
const CLEAR_BELOW = '\u001B[J'

export interface WatchOptions {
  /** Over the last frame, on a TTY. */
  readonly inPlace: boolean
  /** Written after each frame when not in place. */
  readonly separator: string
  readonly intervalSeconds: number
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>
  readonly write: (text: string) => void
}

/** What fits; how much does not is said where it is cut. */
function fitting(frame: string, rows: number): readonly string[] {
  const lines = frame.trimEnd().split('\n')
  const room = rows - 1
  if (lines.length <= room) return lines
  return [...lines.slice(0, room - 1), `… ${String(lines.length - room + 1)} more`]
}

/** Writes over the last frame line by line, so that nothing flickers. */
function redraw(frame: string, write: (text: string) => void): void {
  const lines = fitting(frame, process.stdout.rows)
  write(HOME + lines.map((line) => `${line}${CLEAR_LINE}\n`).join('') + CLEAR_BELOW)
}

/**
 * Draws a frame again and again until Ctrl-C: in place on a TTY, one after the other elsewhere.
 * The screen is given back as it was.
 */
export async function watch(frame: () => Promise<string>, options: WatchOptions): Promise<void> {
  const {inPlace, separator, intervalSeconds, sleep, write} = options
  const stop = new AbortController()
  // A frame may take as long as its slowest backend: Ctrl-C does not wait for it.
  const stopped = new Promise<null>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve(null)
    })
  })
  const end = (): void => {
    stop.abort()
  }
  process.once('SIGINT', end).once('SIGTERM', end)
  if (inPlace) write(ENTER)
  try {
    // Until Ctrl-C, TERM, or a closed stdout: that is what watching is; a frame has the deadlines of its backends.
    for (;;) {
      const text = await Promise.race([frame(), stopped])
      if (text === null || stop.signal.aborted) break
      if (inPlace) redraw(text, write)
      else write(`${text.trimEnd()}\n${separator}`)
      await sleep(intervalSeconds, stop.signal).catch(() => undefined)
    }
  } finally {
    if (inPlace) write(LEAVE)
    process.off('SIGINT', end).off('SIGTERM', end)
  }
}
