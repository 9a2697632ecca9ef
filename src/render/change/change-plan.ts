import {changeCommand} from '../../domain/change/change-plan.js'
import {configurationAdvice, configurationDifferenceText} from '../../domain/change/configuration-difference.js'
import type {ChangePlan, PlannedService} from '../../domain/change/change-plan.js'
import type {RestoredImage} from '../../domain/stack/kept-image.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import {environmentText} from '../text/environment.js'
import {effectText, shortImageId} from './planned-effect.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'

const COLUMNS = [{title: 'SERVICE'}, {title: 'NOW'}, {title: ''}, {title: 'THEN'}] as const

function leftovers({leftovers: names}: PlannedService, style: Style): string {
  return names.length === 0 ? '' : style.warn(` + ${names.join(', ')}, left by an interrupted change`)
}

function now(service: PlannedService, style: Style): string {
  return `${replicas(service, style)}${leftovers(service, style)}`
}

function replicas({now: {running, total}}: PlannedService, style: Style): string {
  if (total === 0) return style.dim('no container')
  if (running === 0) return style.bad(`0 of ${total} running`)
  return running === total ? `${running} running` : style.warn(`${running} of ${total} running`)
}

const RECREATED = {yes: ', recreated', unknown: ', perhaps recreated', no: ', not recreated'} as const

function fate({recreation, effects: all}: PlannedService): string {
  if (recreation === null) return ''
  const isStopped = recreation === 'no' && all.some(({kind}) => kind === 'stoppedMeanwhile')
  return isStopped ? ', stopped meanwhile' : RECREATED[recreation]
}

function then(service: PlannedService): string {
  const {expected, replicas: count} = service
  if (expected !== 'running') return expected
  return `${count === null ? expected : `${count} running`}${fate(service)}`
}

/** What a person may not expect. */
function effects(services: readonly PlannedService[], style: Style): readonly string[] {
  const rows = services.flatMap(({service, effects: all}) =>
    all.map((effect) => [style.warn(`▲ ${service}`), effectText(effect, style)]),
  )
  return rows.length === 0 ? [] : ['', table([{title: ''}, {title: ''}], rows, style)]
}

/** What needs a yes of its own. */
function differences({differences: all}: ChangePlan, style: Style): readonly string[] {
  if (all.length === 0) return []
  const rows = all.flatMap((one) => [
    [style.bad('▲'), configurationDifferenceText(one)],
    ['', `to keep it: ${style.accent(configurationAdvice(one))}`],
  ])
  return [
    '',
    style.bad('Another configuration than the one that runs:'),
    table([{title: ''}, {title: ''}], rows, style),
  ]
}

function restored({reference, imageId, origin}: RestoredImage, style: Style): string {
  const seen =
    origin === undefined ? '' : `, kept ${style.times.moment(origin.at)} by ${origin.by} in run ${origin.runId}`
  return `${reference} ${style.dim(`${shortImageId(imageId)}${seen}`)}`
}

/** What would be done, where, to which environment: what a person reads before saying yes. */
export function changePlanText(plan: ChangePlan, style: Style): string {
  const {project, files, endpoint, command} = plan
  const facts = table(
    [{title: ''}, {title: ''}],
    [
      [style.dim('project'), `${project} ${style.dim(`(${files.join(', ')})`)}`],
      [style.dim('engine'), endpoint],
      [style.dim('runs'), shellCommand(command)],
      ...plan.images.map((image) => [style.dim('image'), restored(image, style)]),
    ],
    style,
  )
  const rows = plan.services.map((service) => [
    style.bold(service.service),
    now(service, style),
    style.dim('→'),
    then(service),
  ])
  const asked = style.accent(changeCommand(plan.change).join(' '))
  const services = rows.length === 0 ? style.dim('No service has a container') : table(COLUMNS, rows, style)
  const head = `Plan: ${asked} in ${environmentText(plan, style)}`
  return [head, facts, '', services, ...effects(plan.services, style), ...differences(plan, style)].join('\n')
}
