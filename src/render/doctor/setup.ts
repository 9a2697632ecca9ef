import type {Result} from '../../domain/result.js'
import type {SetupReport, SetupState} from '../../domain/doctor/setup-report.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictText} from '../text/verdict.js'
import type {WordedItem} from './worded-setup.js'

const WORDS: Readonly<Record<SetupState, readonly [string, 'good' | 'warn' | 'bad' | 'dim']>> = {
  ok: ['✔ ok', 'good'],
  warning: ['▲ warning', 'warn'],
  failed: ['✖ failed', 'bad'],
  unknown: ['? unknown', 'warn'],
  notConfigured: ['– not set', 'dim'],
}

function row({name, state, detail, next}: WordedItem, style: Style): readonly string[] {
  const [word, tone] = WORDS[state]
  const said = style.times.sentence(detail)
  return [style.bold(name), style[tone](word), next === null ? said : `${said}${nextStep(next, style)}`]
}

/** One line an item: what it is, how it stands, what to type or to do next. */
export function setupText({verdict, data}: Result<SetupReport<WordedItem>>, style: Style): string {
  const rows = data.items.map((item) => row(item, style))
  const body = table([{title: ''}, {title: ''}, {title: ''}], rows, style)
  const word = verdict === 'ok' ? style.good('✔ ready') : verdictText(verdict, style)
  return `${body}\n\n${word}`
}
