import type {AlertFault} from '../../../../domain/alerts/lint/alert-fault.js'
import type {FaultText} from '../../../../domain/findings/finding.js'
import {choices, didYouMean} from '../../../../domain/text/did-you-mean.js'
import {faultText, type FaultWords} from '../../fault-words.js'
import {FILES, NOTES, TEMPLATES} from './rule-files.js'
import {PROMQL, TYPE_PROBLEMS, TYPES} from './promql.js'

function missing(name: string, what: string, suggestion: string): FaultText {
  return {message: `\`${name}\` has no ${what}`, suggestion}
}

/** By check, and by `what` where one looks at several things. */
const FAULTS: FaultWords<AlertFault> = {
  absent: ({selector}) => ({
    message: 'when a target disappears, so does its `up` series, and the alert never fires',
    suggestion: `or absent(${selector})`,
  }),
  counter: ({name}) => ({
    message: `\`${name}\` is a counter: its raw value only grows, and restarts at 0`,
    suggestion: `rate(${name}[5m]), or increase`,
  }),
  'counter-name': ({name, isUntold}) => ({
    message: `\`${name}\` is named like a counter, whose raw value only grows and restarts at 0`,
    suggestion: `rate(${name}[5m]), or increase; ${isUntold ? 'Prometheus does not tell its type' : '--live asks Prometheus for its type'}`,
  }),
  description: ({name}) => missing(name, 'description', 'annotations: {description: what it means}'),
  duplicate: ({name, first: {file, line}}) => ({
    message: `\`${name}\` with these labels is also at ${file}:${String(line)}`,
    suggestion: 'another name, or a label that tells them apart',
  }),
  file: FILES,
  for: ({name}) => missing(name, '`for`', 'for: 1m'),
  metric: ({name}) => ({
    message: `Prometheus has no series of \`${name}\` now`,
    suggestion: 'check its name, and whether it is scraped',
  }),
  'no-vector': ({type}) => ({
    message: `Prometheus loads this, but cannot evaluate it: a rule needs an instant vector, and this is a ${TYPES[type]}`,
    suggestion: type === 'range' ? 'last_over_time(…)' : null,
  }),
  note: NOTES,
  promql: PROMQL,
  promtool: ({version, said}) => ({message: `promtool ${version} refuses this file: ${said}`, suggestion: null}),
  'promtool-takes': ({version, fault}) => {
    const {message, suggestion} = alertFaultText(fault)
    return {message: `${message}; promtool ${version} loads it all the same`, suggestion}
  },
  ratio: {
    message: 'both sides are the same metric, unaggregated: each series is divided by itself, which is always 1',
    suggestion: 'sum by (…) (…) on both sides',
  },
  runbook: ({name, near}) => missing(name, 'runbook', `annotations: {runbook: ${near ?? 'NAME'}}`),
  'runbook-unknown': ({name, near, known}) => ({
    message: `there is no runbook \`${name}\``,
    suggestion: didYouMean(near, choices('there are', known)),
  }),
  severity: ({name}) => missing(name, 'severity', 'labels: {severity: warning}'),
  subquery: ({letter}) => ({
    message: `Prometheus takes this \`${letter}\` for a colon: of \`[5 m]\` it makes a subquery over 5 seconds`,
    suggestion: 'write a duration without a space, as [5m]; for a subquery, a colon',
  }),
  summary: ({name}) => missing(name, 'summary', 'annotations: {summary: what is wrong, in one line}'),
  template: TEMPLATES,
  topk: ({name}) => ({
    message: `\`${name}\` in an alert: the selected series change between evaluations, so the alert flaps`,
    suggestion: 'leave it out, the comparison says which are too many',
  }),
  type: TYPE_PROBLEMS,
  unread: ({why}) => ({message: `this cannot be read (${why})`, suggestion: 'correct `prometheus.rules` in faci.yml'}),
  version: ({version, fault}) => {
    const {message, suggestion} = alertFaultText(fault)
    return {message: `Prometheus ${version} refuses this: ${message}`, suggestion}
  },
  yaml: ({said}) => ({message: `this is no YAML: ${said}`, suggestion: null}),
}

/** What is wrong with a rule, and what to do about it. */
export function alertFaultText(fault: AlertFault): FaultText {
  return faultText(FAULTS, fault)
}
