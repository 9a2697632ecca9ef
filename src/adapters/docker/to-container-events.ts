import type {ContainerEvent} from '../../domain/stack/container-event.js'
import {FaciError} from '../../domain/errors.js'
import {checked, EVENT} from './engine-answers.js'
import {composeIdentity, LABELS} from './to-container.js'

const KINDS: Readonly<Record<string, ContainerEvent['kind']>> = {
  kill: 'killed',
  oom: 'outOfMemory',
  die: 'ended',
  destroy: 'removed',
}
/** The engine's words for what is read. */
export const EVENT_NAMES: readonly string[] = Object.keys(KINDS)

/** One document a line; a single one comes parsed already, and of none there is an empty body. */
function documents(answer: unknown): readonly unknown[] {
  if (!Buffer.isBuffer(answer)) return [answer]
  try {
    return answer
      .toString()
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line))
  } catch (cause) {
    throw new FaciError('badAnswer', "Docker's answer about its events is not what the Engine API describes", {cause})
  }
}

type IsMadeByCompose = (labels: Readonly<Record<string, string>>) => boolean

function isLasting(attributes: Readonly<Record<string, string>>): boolean {
  return attributes[LABELS.oneOff]?.toLowerCase() !== 'true'
}

function ofDocument(document: unknown, isMadeByCompose: IsMadeByCompose): readonly ContainerEvent[] {
  const {Action: action, Actor: actor, timeNano} = checked(EVENT, document, 'an event')
  const kind = KINDS[action]
  const attributes = actor.Attributes ?? {}
  if (kind === undefined || !isLasting(attributes) || !isMadeByCompose(attributes)) return []
  const code = Number(attributes['exitCode'] ?? NaN)
  return [
    {
      at: new Date(timeNano / 1e6).toISOString(),
      kind,
      containerId: actor.ID,
      ...composeIdentity(attributes, attributes['name'] ?? actor.ID),
      exitCode: kind === 'ended' && Number.isInteger(code) ? code : null,
    },
  ]
}

/** Of containers that Compose made to last. Throws `badAnswer`. */
export function toContainerEvents(answer: unknown, isMadeByCompose: IsMadeByCompose): readonly ContainerEvent[] {
  return documents(answer).flatMap((document) => ofDocument(document, isMadeByCompose))
}
