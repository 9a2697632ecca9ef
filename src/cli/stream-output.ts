let isWatched = false

/** A reader that has seen enough (`| head`) closes the pipe: that is an end, not an error. */
function endWithReader(): void {
  if (isWatched) return
  isWatched = true
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
}

/** Writes to stdout and waits until it is taken, so that a slow reader slows the search down and memory stays flat. */
export async function streamOutput(text: string): Promise<void> {
  endWithReader()
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => {
      resolve()
    })
  })
}
