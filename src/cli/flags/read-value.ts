import {findSecret} from '../../config/secrets.js'
import type {ValueSource} from '../../domain/runbook/runbook.js'

/** What `env:NAME` or `file:/path` holds now; null when there is nothing. */
export function readValue(source: ValueSource): Promise<string | null> {
  return Promise.resolve(findSecret(source, process.env))
}
