const NO_ANSWER = 4

/**
 * A reader that has seen enough (`| head`) closes the pipe: that is an end, not an error, and nothing is left to do once an answer is
 * written. Progress and warnings that nobody reads any more stop nothing. Comes before oclif's own listener, which would throw.
 */
export function endWithReader({stdout, stderr}: NodeJS.Process): void {
  stderr.prependListener('error', () => undefined)
  stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    stderr.write(`✖ the answer cannot be written: ${error.code ?? error.name}\n`)
    process.exit(NO_ANSWER)
  })
}
