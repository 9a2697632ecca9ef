/** From one command to the next: the value that was remembered for a file when it was as `state` says. */
export interface FileMemory {
  readonly get: (file: string, state: string) => {readonly value: unknown} | null
  readonly set: (file: string, state: string, value: unknown) => void
}
