import type {PageTestReport, TestedPerson, TestPage} from '../../domain/escalation/page-test-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import {nextStep} from '../text/next-step.js'
import {SET_UP} from '../text/set-up.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictIcon} from '../text/verdict.js'
import {pageText} from '../notices/page-text.js'
import type {WordedPageTest} from './worded-pages.js'

const COLUMNS = [{title: 'PERSON'}, {title: 'PAGE'}, {title: 'ACKNOWLEDGED'}] as const

function row(
  {person, channels, acknowledgedAfterSeconds: after}: TestedPerson<string>,
  style: Style,
): readonly string[] {
  const sent = channels.map((page) => {
    const text = pageText(page, style)
    return page.status === 'delivered' ? text : style.bad(`✖ ${text}`)
  })
  return [style.bold(person), sent.join('; '), after === null ? style.bad('✖ no') : `after ${span(after)}`]
}

const LACKS: Readonly<Record<NonNullable<PageTestReport['lacks']>, string>> = {
  rota: 'faci.yml has no `oncall` section',
  channel: 'faci.yml has no channel under `notices`',
}

function openText({channel, reason}: TestPage<string>, style: Style): string {
  const why = style.times.sentence(reason ?? 'no reason')
  return `${style.bad('✖')} The test alert may still be open in ${channel}: ${why} → resolve it there`
}

/** `waitSeconds` null: there was nothing to wait for. */
function headText(late: readonly TestedPerson<string>[], waitSeconds: number | null): string {
  if (late.length === 0) return 'Everybody acknowledged the test page'
  if (waitSeconds === null) return 'No channel took the test page: nobody could be reached'
  return `${late.map(({person}) => person).join(', ')} did not acknowledge within ${span(waitSeconds)}`
}

/** Who got a test page, and who said so. */
export function pageTestText({verdict, data}: Result<WordedPageTest>, style: Style): string {
  const {lacks, people, id, acknowledgedBy, waitSeconds} = data
  if (lacks !== null) return `${style.warn('?')} Nobody can be paged: ${LACKS[lacks]}${nextStep(SET_UP[lacks], style)}`
  if (acknowledgedBy !== null) return `${verdictIcon(verdict, style)} ${acknowledgedBy} has acknowledged the test`
  const late = people.filter(({acknowledgedAt}) => acknowledgedAt === null)
  const isUnreached =
    waitSeconds === 0 && people.every(({channels}) => channels.every(({status}) => status !== 'delivered'))
  const head = headText(late, isUnreached ? null : waitSeconds)
  const how = `  They type: ${style.accent(command`faci oncall test --ack ${id ?? ''}`)}`
  return [
    `${verdictIcon(verdict, style)} ${head}`,
    table(
      COLUMNS,
      people.map((one) => row(one, style)),
      style,
    ),
    ...(late.length === 0 || isUnreached ? [] : [how]),
    ...data.closings.filter(({status}) => status !== 'delivered').map((page) => openText(page, style)),
  ].join('\n')
}
