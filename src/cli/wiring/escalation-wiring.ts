import {TERMINAL} from '../../domain/notices/channels.js'
import {pageTestStepText} from '../../render/escalation/page-test-step.js'
import {wordsFor} from '../../render/words/words.js'
import type {EscalateDeps} from '../../usecases/escalation/escalate-incidents.js'
import type {TestPagesDeps} from '../../usecases/escalation/test-pages.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {incidentDeps, telephone} from './incident-wiring.js'
import {noticeDeps, onStderr} from './notice-wiring.js'

export async function escalateDeps(app: App, terminal: Terminal, json: boolean): Promise<EscalateDeps> {
  const [deps, claims, outbox, calls, notices] = await Promise.all([
    incidentDeps(app),
    app.pageClaims(),
    app.outbox(),
    telephone(app, terminal, json),
    noticeDeps(app, terminal, onStderr(app, json), true),
  ])
  return {...deps, claims, outbox, telephone: calls, flush: () => flushOutbox(notices)}
}

export async function testPagesDeps(app: App, terminal: Terminal, json: boolean): Promise<TestPagesDeps> {
  const [{notifiers, clock, ids}, tests, progress] = await Promise.all([
    noticeDeps(app, terminal, onStderr(app, json), true),
    app.pageTests(),
    app.progress(),
  ])
  const tell: TestPagesDeps['tell'] = (step) => {
    progress.say(pageTestStepText(step, terminal.stderrStyle))
  }
  const responders = app.config.channels.filter(({readers}) => readers === 'responders')
  const channels = responders.flatMap(({name, locale}) => {
    const notifier = notifiers.find(({channel}) => channel === name && channel !== TERMINAL)
    return notifier === undefined ? [] : [{notifier, words: wordsFor(locale ?? app.config.locale).oncall}]
  })
  return {tests, channels, clock, ids, tell}
}
