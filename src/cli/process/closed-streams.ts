import {EXIT} from '../../domain/exit-codes.js'

/** What goes on when nobody reads stdout any more: the process, but for work that must come to its end. */
let reader: 'needed' | 'outlived' | 'gone' = 'needed'

/**
 * A reader that has seen enough (`| head`) closes the pipe: that is an end, not an error, and nothing is left to do once an answer is
 * written. Progress and warnings that nobody reads any more stop nothing. Comes before oclif's own listener, which would throw.
 */
export function endWithReader({stdout, stderr}: NodeJS.Process): void {
  stderr.prependListener('error', () => undefined)
  stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (reader === 'gone') return
    if (reader === 'outlived') {
      reader = 'gone'
      stderr.write('! stdout is closed: the run continues without printing events\n')
      answerLost()
      return
    }
    if (error.code === 'EPIPE') process.exit()
    stderr.write(`✖ the answer cannot be written: ${error.code ?? error.name}\n`)
    process.exit(EXIT.unknown)
  })
}

/** From now on what is streamed is a by-product: the work goes on without its reader. */
export function outliveReader(): void {
  reader = 'outlived'
}

/** The exit code of work whose answer nobody got: never 0. Called once the code is set, and when the reader goes later. */
export function answerLost(): void {
  if (reader === 'gone' && (process.exitCode === undefined || process.exitCode === EXIT.ok))
    process.exitCode = EXIT.unknown
}
