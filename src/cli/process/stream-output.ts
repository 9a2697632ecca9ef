/**
 * Writes documents, and what is to stay as it is, to stdout; text for people goes through `screen.ts`. Resolves once it is taken, so that a
 * slow reader slows a search down and memory stays flat.
 */
export async function streamOutput(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => {
      resolve()
    })
  })
}
