import type {Result} from '../../domain/result.js'
import type {RunEvent} from '../../domain/journal/events.js'
import type {DocumentData, DocumentName, Envelope, ErrorDocument, RunEventDocument} from './documents.js'

export function envelope<N extends DocumentName>(
  name: N,
  result: Result<DocumentData<N>>,
  now: Date,
): Envelope<N, DocumentData<N>> {
  const warnings = result.warnings ?? []
  return {
    schema: `faci.${name}/v1`,
    generatedAt: now.toISOString(),
    verdict: result.verdict,
    ...(warnings.length > 0 ? {warnings} : {}),
    data: result.data,
  }
}

/** One line of `faci runbook NAME --output ndjson`. */
export function runEventLine(runId: string, event: RunEvent, now: Date): RunEventDocument {
  return {schema: 'faci.run-event/v1', generatedAt: now.toISOString(), runId, event}
}

/** Copies what belongs in it, and nothing else: an error may carry URLs and tokens. */
export function errorEnvelope({code, message, suggestions}: ErrorDocument['error']): ErrorDocument {
  return {schema: 'faci.error/v1', error: {code, message, suggestions}}
}
