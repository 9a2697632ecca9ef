/** Whether this process is root, who alone can be somebody else; says what was not tried where it is not. */
export function onlyAsRoot(what: string): boolean {
  const isRoot = process.getuid?.() === 0
  if (!isRoot) process.stderr.write(`${what} not tried: that needs root\n`)
  return isRoot
}
