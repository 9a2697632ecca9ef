import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Stack} from '../../service/stack/stack.js'

/** What an integration test needs to know of the stack it has for itself. */
export interface RealStack {
  readonly project: string
  readonly env: Readonly<Record<string, string>>
  readonly urls: Readonly<Record<'api' | 'prometheus' | 'alertmanager', string>>
}

export interface StackLender {
  /** POST lends a stack, DELETE of its project's name takes it back. */
  readonly url: string
  /** Takes down every stack. */
  readonly stop: () => Promise<void>
}

function shownStack({project, env, urls: {api, prometheus, alertmanager}}: Stack): RealStack {
  return {project, env, urls: {api, prometheus, alertmanager}}
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

/**
 * Lends each stack to one test file at a time. One is brought up when all others are lent, never before: an idle stack's health checks
 * take a quarter of a core from the tests that need none.
 */
export async function stackLender(start: () => Promise<Stack>): Promise<StackLender> {
  const stacks: Promise<Stack>[] = []
  const idle: Stack[] = []
  const lent = new Map<string, Stack>()
  const lend = async (): Promise<RealStack> => {
    const free = idle.pop()
    const starting = free === undefined ? start() : Promise.resolve(free)
    if (free === undefined) stacks.push(starting)
    const stack = await starting
    lent.set(stack.project, stack)
    return shownStack(stack)
  }
  const takeBack = (project: string): void => {
    const stack = lent.get(project)
    if (stack === undefined) throw new Error(`${project} is not lent`)
    lent.delete(project)
    idle.push(stack)
  }
  const answer = async ({method, url = '/'}: IncomingMessage): Promise<RealStack | null> => {
    if (method === 'POST') return lend()
    takeBack(url.slice(1))
    return null
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (stack) => response.end(JSON.stringify(stack)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const url = await listening(server)
  const stop = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    const started = await Promise.allSettled(stacks)
    await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])))
  }
  return {url, stop}
}
