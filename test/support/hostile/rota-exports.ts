import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {grafana, opsgenie, PAGERDUTY_LAYERS, PAGERDUTY_POLICY, pagerDuty} from '../oncall-exports/exports.js'
import {HOSTILE} from './texts.js'

const evil = [...HOSTILE, ']]><script>alert(1)</script><!channel>|`'].join(' | ')

/** Every name, address and id of it is hostile; times and shapes are as their APIs have them. */
export function hostileExport(tool: 'pagerduty' | 'opsgenie' | 'grafana'): unknown {
  const member = {type: 'user', id: evil, username: `${evil}@shop.example`, name: evil}
  if (tool === 'opsgenie') {
    const team = {type: 'team', name: evil}
    const turns = {startDate: '2026-01-05T09:00:00Z', type: 'weekly', length: 1}
    const rotations = [[member], [member], [team]].map((participants) => ({...turns, name: evil, participants}))
    return opsgenie({name: evil, rotations, overrides: [{...turns, endDate: '2099-01-01T00:00:00Z', user: team}]})
  }
  if (tool === 'grafana') {
    const turns = {type: 'rolling_users', level: 1, start: '2026-01-05T09:00:00', duration: 604_800, name: evil}
    const shift = {...turns, id: 'O1', frequency: 'weekly', rolling_users: [[evil, 'b']]}
    const users = [{id: evil, email: evil, username: evil, slack: [{user_id: evil, team_id: evil}]}]
    return [grafana([shift, {...shift, id: 'O2'}], {name: evil, ical_url_overrides: evil}), {users}]
  }
  const user = {id: evil, summary: evil, name: evil, email: evil}
  const {base} = PAGERDUTY_LAYERS
  const layers = [
    {...base, name: evil, users: [{user}, {user: {id: 'b', summary: evil}}]},
    {...base, name: evil, users: []},
  ]
  const {escalation_policy: policy} = PAGERDUTY_POLICY
  const rule = {escalation_delay_in_minutes: 5, targets: [{id: evil, type: 'schedule', summary: evil}]}
  const odd = {...policy, name: evil, num_loops: 3, escalation_rules: [...policy.escalation_rules, rule]}
  return [pagerDuty({name: evil, schedule_layers: layers, users: [user]}), {escalation_policy: odd}]
}

const directory = mkdtempSync(join(tmpdir(), 'faci-exports-'))
process.once('exit', () => {
  rmSync(directory, {recursive: true, force: true})
})

/** The path of a file that holds it. */
export function hostileExportFile(tool: 'pagerduty' | 'opsgenie' | 'grafana'): string {
  const file = join(directory, `${tool}.json`)
  writeFileSync(file, JSON.stringify(hostileExport(tool)))
  return file
}
