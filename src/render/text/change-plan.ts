import {changeCommand} from '../../domain/stack/change-plan.js'
import type {ChangePlan, PlannedService} from '../../domain/stack/change-plan.js'
import {environmentText} from './environment.js'
import type {Style} from './style.js'
import {table} from './table.js'

const COLUMNS = [{title: 'SERVICE'}, {title: 'NOW'}, {title: ''}, {title: 'THEN'}] as const

function leftovers({leftovers: names}: PlannedService, style: Style): string {
  return names.length === 0 ? '' : style.warn(` + ${names.join(', ')}, left by an interrupted change`)
}

function now(service: PlannedService, style: Style): string {
  return `${replicas(service, style)}${leftovers(service, style)}`
}

function replicas({now: {running, total}}: PlannedService, style: Style): string {
  if (total === 0) return style.dim('no container')
  if (running === 0) return style.bad(`stopped (${total})`)
  return running === total ? `${running} running` : style.warn(`${running} of ${total} running`)
}

function then({expected, replicas}: PlannedService): string {
  return expected === 'running' && replicas !== null ? `${replicas} running` : expected
}

function shortId(imageId: string): string {
  return imageId.replace(/^sha256:/, '').slice(0, 12)
}

/** What would be done, where, to which environment: what a person reads before saying yes. */
export function changePlanText(plan: ChangePlan, style: Style): string {
  const {project, files, endpoint, command} = plan
  const facts = table(
    [{title: ''}, {title: ''}],
    [
      [style.dim('project'), `${project} ${style.dim(`(${files.join(', ')})`)}`],
      [style.dim('engine'), endpoint],
      [style.dim('runs'), command.join(' ')],
      ...plan.images.map(({reference, imageId}) => [style.dim('image'), `${reference} ${style.dim(shortId(imageId))}`]),
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
  return [`Plan: ${asked} in ${environmentText(plan, style)}`, facts, '', services].join('\n')
}
