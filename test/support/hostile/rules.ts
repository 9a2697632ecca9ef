import {evil, evilLine} from './texts.js'

const ANNOTATIONS = {summary: evil('AlertRule.words')}
/** Prometheus takes no control characters as they are, of which JSON escapes only the first. */
const escaped = (json: string): string =>
  json.replaceAll(/[\x7f-\x9f\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
/** A file of rules. */
export const EVIL_RULES = escaped(
  JSON.stringify({
    groups: [
      {
        name: 'x',
        rules: [
          {
            ...{
              alert: evil('AlertRule.name'),
              expr: 'up == 0',
              annotations: {...ANNOTATIONS, runbook: evil('AlertRule.runbook')},
            },
            labels: {
              severity: evil('AlertRule.severity'),
              [evil('DefinedRule.labels{name}')]: evil('DefinedRule.labels{}'),
            },
          },
          {
            ...{alert: 'Broken', expr: `up ${JSON.stringify(evilLine('DefinedRule.expression.refused.problem.near'))}`},
            ...{[evil('Refusal.fault.key')]: 1, for: evil('Refusal.fault.text')},
          },
          {
            record: evil('Refusal.fault.name'),
            expr: `up{job=~${JSON.stringify(`(${evilLine('Refusal.fault.pattern')}`)}}`,
          },
        ],
      },
    ],
  }),
)
