import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'

/** A line may be of any length; this much of it tells what is wrong. */
const LONGEST_LINE = 500

/** The last lines that a container logged. */
export async function lastLines(logs: LogSource, container: Container, count: number): Promise<readonly string[]> {
  const never = new AbortController().signal
  const chunks: Buffer[] = []
  for await (const chunk of logs.read(container, {tail: count, follow: false, stamped: false}, never))
    chunks.push(chunk)
  const lines = Buffer.concat(chunks).toString().split(/\r?\n/)
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => line.slice(0, LONGEST_LINE))
}
