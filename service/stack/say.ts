/** Receives one line, without a newline, for each step taken. */
export type Say = (line: string) => void
