/** Writes to stdout and waits until it is taken, so that a slow reader slows the search down and memory stays flat. */
export async function streamOutput(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => {
      resolve()
    })
  })
}
