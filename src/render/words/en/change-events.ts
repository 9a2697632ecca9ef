import {evidenceProblemText} from '../../../domain/change/evidence-problem.js'
import type {ChangeEventWords} from '../../../domain/journal/change-record.js'
import {shellCommand} from '../../../domain/text/shell-command.js'
import {CHANGE} from './change.js'

function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`
}

export const CHANGE_EVENTS: ChangeEventWords = {
  'change.planned': ({plan}) => [`planned: ${shellCommand(plan.command)}`],
  'change.approved': ({how}) => [`approved: ${how}`],
  'lock.takenOver': ({from, reason}) => [`lock taken over from ${from}: ${reason}`],
  'evidence.kept': ({files, problems}) => [
    `evidence kept: ${counted(files.length, 'file')}`,
    ...problems.map((one) => `not kept: ${evidenceProblemText(one)}`),
  ],
  'image.kept': ({image}) => [`image of ${image.service} kept as ${image.reference}`],
  'images.released': () => [],
  'change.started': ({command}) => [`started: ${shellCommand(command)}`],
  'change.finished': ({outcome}) =>
    outcome.ok
      ? ['Compose finished']
      : [`Compose failed (exit code ${String(outcome.exitCode ?? '?')})`, ...outcome.output.slice(-3)],
  'change.ended': ({services, leftBehind, verdict, reason}) => [
    ...services.map((outcome) => `${outcome.service} ${outcome.state}: ${CHANGE.readiness(outcome.reason)}`),
    ...(leftBehind?.found.map((left) => `left behind: ${CHANGE.leftOver(left)}`) ?? []),
    `ended: ${verdict}${reason === null ? '' : ` (${CHANGE.ended(reason)})`}`,
  ],
}
