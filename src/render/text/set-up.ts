/** What to write into faci.yml for what it lacks. */
export const SET_UP = {
  rota: "add to faci.yml: oncall: {people: [{name: Ana}], rotation: weekly, handoff: 'Mon 09:00'}",
  escalation:
    'add to the rota: escalation: [{notify: current, within: 5m}, {notify: next, within: 10m}, {notify: everyone}]',
  channel: 'set up slack, email or pagerduty in faci.yml',
} as const
