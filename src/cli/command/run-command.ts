import type {Config} from '../../config/config.js'
import {FaciError} from '../../domain/errors.js'
import type {RunEvent} from '../../domain/journal/events.js'
import type {RunReport} from '../../domain/execution/run-report.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import type {Result} from '../../domain/result.js'
import {envelope, runEventLine} from '../../render/json/envelope.js'
import {runbookPlanMarkdown} from '../../render/markdown/runbook-plan.js'
import {transcriptIn} from '../../render/markdown/transcript.js'
import {runbookPlanText} from '../../render/runbook/runbook-plan.js'
import {runbookRunText} from '../../render/runbook/runbook-run.js'
import type {RunInput} from '../../usecases/runbook/run-context.js'
import {wordsFor} from '../../render/words/words.js'
import {BaseCommand, PATIENT_SECONDS} from './base-command.js'
import {answerLost, outliveReader} from '../process/closed-streams.js'
import {interruptible} from '../process/interruptible.js'
import {isReadOnly} from '../process/read-only.js'

interface OutputFlags {
  readonly json: boolean
  readonly output: 'text' | 'md' | 'ndjson'
}

interface RunOutputFlags extends OutputFlags {
  readonly takeover: string | undefined
}

/** Errors: `usage` for two forms at once. */
function isStream({json, output}: OutputFlags): boolean {
  if (json && output === 'ndjson')
    throw new FaciError('usage', '--json is one document, --output ndjson a stream: choose one')
  return output === 'ndjson'
}

/** What `runbook NAME` and `runbook resume` share: signals, and how a run is shown while it goes and when it is over. */
export abstract class RunCommand extends BaseCommand {
  protected override readonly engineSeconds = PATIENT_SECONDS

  /** As `--output` says: for a stream, one line. */
  protected showPlan(flags: OutputFlags, plan: Result<RunbookPlan>): void {
    if (!isStream(flags)) {
      this.present('runbook-plan', plan, flags.output === 'md' ? runbookPlanMarkdown : runbookPlanText)
      return
    }
    this.writeLine(envelope('runbook-plan', plan, new Date()))
    this.conclude(plan)
  }

  protected async carryOut(
    flags: RunOutputFlags,
    {locale}: Pick<Config, 'locale'>,
    run: (own: Pick<RunInput, 'takeover' | 'readOnly' | 'interrupts' | 'onEvent'>) => Promise<Result<RunReport>>,
  ): Promise<void> {
    const isStreamed = isStream(flags)
    if (isStreamed) outliveReader()
    const onEvent = (runId: string, event: RunEvent): void => {
      if (isStreamed) this.writeLine(runEventLine(runId, event, new Date()))
    }
    const own = {takeover: flags.takeover ?? null, readOnly: isReadOnly(process.env), onEvent}
    const result = await interruptible((interrupts) => run({...own, interrupts}))
    if (!isStreamed) {
      this.present('runbook-run', result, flags.output === 'md' ? transcriptIn(wordsFor(locale)) : runbookRunText)
      return
    }
    this.writeLine(envelope('runbook-run', result, new Date()))
    this.conclude(result)
    answerLost()
  }
}
