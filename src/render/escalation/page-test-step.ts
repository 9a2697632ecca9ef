import type {PageTestStep} from '../../domain/escalation/page-test-report.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import {visible} from '../../domain/text/visible.js'
import type {Style} from '../text/style.js'
import {pageText} from '../notices/page-text.js'
import {wordedPage} from './worded-pages.js'

function signOf(status: string): string {
  return status === 'delivered' ? '✔' : '✖'
}

function stepText(step: PageTestStep, style: Style): string {
  switch (step.kind) {
    case 'begun':
      return `Test ${step.id}: paging ${step.people.join(', ')}`
    case 'sent':
      return `${signOf(step.page.status)} ${step.person}: ${pageText(wordedPage(step.page), style)}`
    case 'waiting':
      return `Waiting until ${style.times.moment(step.until)} for everybody to type: ${command`faci oncall test --ack ${step.id}`}`
    case 'acknowledged': {
      const left = step.left.length === 0 ? 'that is everybody' : `waiting for ${step.left.join(', ')}`
      return `✔ ${step.person} acknowledged after ${span(step.afterSeconds)}; ${left}`
    }
    case 'closed':
      return `${signOf(step.page.status)} End of the test: ${pageText(wordedPage(step.page), style)}`
  }
}

/** A step of a test of pages, in a line. */
export function pageTestStepText(step: PageTestStep, style: Style): string {
  return visible(stepText(step, style))
}
