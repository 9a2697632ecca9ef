/** From one command to the next: the value that was remembered for a file when it was as `state` says. */
export interface FileMemory {
  readonly recall: (file: string, state: string) => {readonly value: unknown} | null
  readonly remember: (file: string, state: string, value: unknown) => void
}
