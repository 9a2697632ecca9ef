import {parse} from 'yaml'
import * as z from 'zod/mini'
import type {Relabeling, RelabelRule} from '../../domain/alerts/relabel.js'
import {FaciError} from '../../domain/errors.js'

const relabelConfig = z.object({
  source_labels: z._default(z.array(z.string()), []),
  separator: z._default(z.string(), ';'),
  regex: z._default(z.string(), '(.*)'),
  target_label: z._default(z.string(), ''),
  replacement: z._default(z.string(), '$1'),
  action: z._default(z.string(), 'replace'),
})

const relabelConfigs = z._default(z.array(relabelConfig), [])

const configSchema = z.object({
  global: z._default(z.object({external_labels: z._default(z.record(z.string(), z.string()), {})}), {
    external_labels: {},
  }),
  alerting: z._default(
    z.object({
      alert_relabel_configs: relabelConfigs,
      alertmanagers: z._default(z.array(z.object({alert_relabel_configs: relabelConfigs})), []),
    }),
    {alert_relabel_configs: [], alertmanagers: []},
  ),
})

function toRule(written: z.output<typeof relabelConfig>): RelabelRule {
  const {source_labels: sourceLabels, separator, regex, target_label: targetLabel, replacement, action} = written
  return {sourceLabels, separator, regex, targetLabel, replacement, action: action.toLowerCase()}
}

/** Several Alertmanagers with rules of their own: which of them is asked here is not known. */
const ANY_OF_THEM: RelabelRule = {
  ...{action: 'of several Alertmanagers', sourceLabels: [], separator: ';'},
  ...{regex: '', targetLabel: '', replacement: ''},
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text, {schema: 'failsafe'})
  } catch {
    return null
  }
}

/** Of the configuration that Prometheus prints, in which every text is what it stands for. Errors: `badAnswer`. */
export function readRelabeling(yaml: string): Relabeling {
  const parsed = configSchema.safeParse(parsedYaml(yaml))
  if (!parsed.success) throw new FaciError('badAnswer', 'Prometheus returned a configuration that faci cannot read')
  const {global, alerting} = parsed.data
  const own = alerting.alertmanagers.map((one) => one.alert_relabel_configs.map(toRule))
  const [first = [], ...others] = own
  const isOne = others.every((rules) => JSON.stringify(rules) === JSON.stringify(first))
  return {
    externalLabels: global.external_labels,
    rules: [...alerting.alert_relabel_configs.map(toRule), ...(isOne ? first : [ANY_OF_THEM])],
  }
}
