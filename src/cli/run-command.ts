import {FaciError} from '../domain/errors.js'
import type {RunEvent} from '../domain/execution/events.js'
import type {RunReport} from '../domain/execution/run-report.js'
import type {Result} from '../domain/result.js'
import {envelope, runEventLine} from '../render/json/envelope.js'
import {transcript} from '../render/markdown/transcript.js'
import {runbookRunText} from '../render/text/runbook-run.js'
import type {RunInput} from '../usecases/runbook/run-context.js'
import {BaseCommand, PATIENT_SECONDS} from './base-command.js'
import {answerLost, outliveReader} from './closed-streams.js'
import {interruptible} from './interruptible.js'
import {isReadOnly} from './read-only.js'

interface RunOutputFlags {
  readonly json: boolean
  readonly output: string
  readonly takeover: string | undefined
}

/** What `runbook NAME` and `runbook resume` share: signals, and how a run is shown while it goes and when it is over. */
export abstract class RunCommand extends BaseCommand {
  protected override readonly engineSeconds = PATIENT_SECONDS

  protected async carryOut(
    flags: RunOutputFlags,
    run: (own: Pick<RunInput, 'takeover' | 'readOnly' | 'interrupts' | 'onEvent'>) => Promise<Result<RunReport>>,
  ): Promise<void> {
    const isStreamed = flags.output === 'ndjson'
    if (isStreamed && flags.json)
      throw new FaciError('usage', '--json is one document, --output ndjson a stream: choose one')
    if (isStreamed) outliveReader()
    const onEvent = (runId: string, event: RunEvent): void => {
      if (isStreamed) this.writeLine(runEventLine(runId, event, new Date()))
    }
    const own = {takeover: flags.takeover ?? null, readOnly: isReadOnly(process.env), onEvent}
    const result = await interruptible((interrupts) => run({...own, interrupts}))
    if (!isStreamed) {
      this.present('runbook-run', result, flags.output === 'md' ? transcript : runbookRunText)
      return
    }
    this.writeLine(envelope('runbook-run', result, new Date()))
    this.conclude(result)
    answerLost()
  }
}
