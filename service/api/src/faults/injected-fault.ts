/** A failure that a drill asked for. To the client it looks like any other; the log says what it is. */
export class InjectedFault extends Error {
  readonly status: number

  constructor(status: number, endpoint: string) {
    super(`injected fault: ${String(status)} on ${endpoint}`)
    this.name = 'InjectedFault'
    this.status = status
  }
}
