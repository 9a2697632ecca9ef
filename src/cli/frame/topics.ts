/** What help says of each word that commands stand behind. */
export const TOPICS: Readonly<Record<string, string>> = {
  alerts: 'active alerts, silences, rule checks and routing tests',
  incident: 'the record of what went wrong, who is on it, and what people were told',
  runbook: 'run, resume, list and check runbooks',
  notify: 'send, test and flush notices',
  oncall: 'who is on call, and when',
  check: 'daily check',
  slo: 'service level objectives: reports, burn rates and Prometheus rules',
}
