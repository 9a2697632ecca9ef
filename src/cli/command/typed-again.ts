import {shellCommand} from '../../domain/text/shell-command.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {TypedAgain} from '../../usecases/incidents/typed-again.js'
import type {App} from '../app/app-ports.js'
import {writtenOut} from '../flags/written-out.js'

interface Command {
  /** As `incident:ack`. */
  readonly id?: string | undefined
  readonly argv: readonly string[]
}

/** What was typed, as it can be typed again; `name`: the incident, where one was named. */
export function typedAgain(
  {id, argv}: Command,
  {flags: known = {}}: {readonly flags?: object},
  {timezone}: Pick<App, 'timezone'>,
  name: string | undefined,
): TypedAgain {
  const words = ['faci', ...(id?.split(':') ?? [])]
  const named = (handle: string): readonly string[] =>
    name !== undefined ? [] : 'incident' in known ? ['--incident', handle] : [handle]
  return {
    of: (handle) => shellCommand([...words, ...named(handle), ...argv]),
    // By then `10m ago` is another one.
    later: (handle: string, at: IsoTime) => {
      const written = writtenOut(argv, {now: Date.parse(at), timezone})
      const isDated = !('at' in known) || written.some((word) => /^--at(?:=|$)/.test(word))
      return shellCommand([...words, ...named(handle), ...(isDated ? [] : ['--at', at]), ...written])
    },
  }
}
