import {FaciError} from '../errors.js'
import type {AlertFacts} from './alert-facts.js'
import type {Labels} from '../promql/sample.js'

const FORMS = ['an Alertmanager webhook, or the answer of /api/v2/alerts']

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(why: string): FaciError {
  return new FaciError('usage', `--alert -: ${why}`, {suggestions: FORMS})
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse('this is not valid JSON')
  }
}

function textsIn(value: unknown): Labels {
  if (value === undefined) return {}
  if (!isRecord(value)) throw refuse('the labels and annotations of an alert must be maps')
  const entries = Object.entries(value)
  if (entries.some(([, text]) => typeof text !== 'string'))
    throw refuse('the labels and annotations of an alert must be texts')
  return value as Labels
}

function factsIn(value: unknown): AlertFacts {
  if (!isRecord(value)) throw refuse('each alert must be a map')
  const labels = textsIn(value['labels'])
  const name = labels['alertname'] ?? ''
  if (name === '') throw refuse('an alert has no alertname')
  return {name, labels, annotations: textsIn(value['annotations'])}
}

function isResolved(value: unknown): boolean {
  return isRecord(value) && value['status'] === 'resolved'
}

/** The alerts of a webhook, or of a list as Alertmanager's API answers it, without those that are over. Errors: `usage`. */
export function readAlertDocument(text: string): readonly AlertFacts[] {
  const document = parse(text)
  const alerts: unknown = isRecord(document) ? document['alerts'] : document
  if (!Array.isArray(alerts)) throw refuse('it holds no list of alerts')
  const firing = alerts.filter((alert) => !isResolved(alert)).map(factsIn)
  if (firing.length > 0) return firing
  throw refuse(alerts.length === 0 ? 'it holds no alerts' : 'every alert in it is resolved')
}
