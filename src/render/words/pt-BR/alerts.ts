import type {AlertDoubt} from '../../../domain/alerts/doubt.js'
import {quoted} from '../quoted.js'
import type {WordsFor} from '../worded.js'

function first([name = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? name : `${name} e mais ${String(rest.length)}`
}

export const DOUBT: WordsFor<AlertDoubt> = {
  unreachable: ({message}) => `sem resposta: ${quoted(message)}`,
  noRules: 'o Prometheus não tem regras de alerta carregadas: nada pode disparar',
  rulesFail: ({rules, error}) => `o Prometheus não consegue avaliar ${first(rules)}: ${quoted(error)}`,
  rulesNotEvaluatedYet: ({rules}) => `o Prometheus ainda não avaliou ${first(rules)}`,
  rulesStale: ({rules, sinceSeconds}) =>
    `o Prometheus não avalia ${first(rules)} há ${String(Math.round(sinceSeconds))} s`,
  untraced: ({alerts}) =>
    `o Alertmanager não tem ${alerts.join(', ')}, e não se sabe como o Prometheus reescreve os labels`,
}
