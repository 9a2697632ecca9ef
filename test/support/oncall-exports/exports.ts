/** Answers of the APIs of three tools, in the shapes that their documentation gives. All names are made up. */

const user = (id: string, summary: string) => ({user: {id, summary, type: 'user_reference'}})

export const PAGERDUTY_LAYERS = {
  nights: {
    id: 'PLAY002',
    name: 'Nights',
    start: '2026-03-01T10:11:12Z',
    end: null,
    rotation_virtual_start: '2026-01-05T21:00:00-05:00',
    rotation_turn_length_seconds: 86_400,
    users: [user('PUSER02', 'Bia Rocha'), user('PUSER03', 'Caio Lima'), user('PUSER01', 'Ana Prado')],
    restrictions: [{type: 'daily_restriction', start_time_of_day: '21:00:00', duration_seconds: 36_000}],
  },
  base: {
    id: 'PLAY001',
    name: 'Base',
    start: '2026-01-02T03:04:05Z',
    end: null,
    rotation_virtual_start: '2026-01-05T09:00:00-05:00',
    rotation_turn_length_seconds: 604_800,
    users: [user('PUSER01', 'Ana Prado'), user('PUSER02', 'Bia Rocha')],
    restrictions: [],
  },
} as const

export function pagerDuty(over: object = {}): {readonly schedule: Readonly<Record<string, unknown>>} {
  const {nights, base} = PAGERDUTY_LAYERS
  return {
    schedule: {
      id: 'PSCHED1',
      type: 'schedule',
      name: 'Shop',
      time_zone: 'America/New_York',
      schedule_layers: [nights, base],
      users: [
        {id: 'PUSER01', name: 'Ana Prado', email: 'ana@shop.example', type: 'user'},
        {id: 'PUSER02', name: 'Bia Rocha', email: 'bia@shop.example', type: 'user'},
        {id: 'PUSER03', name: 'Caio Lima', email: 'caio@shop.example', type: 'user'},
      ],
      overrides: [],
      ...over,
    },
  }
}

export const PAGERDUTY_POLICY = {
  escalation_policy: {
    id: 'PPOLICY',
    name: 'Shop',
    num_loops: 0,
    escalation_rules: [
      {escalation_delay_in_minutes: 10, targets: [{id: 'PSCHED1', type: 'schedule_reference', summary: 'Shop'}]},
      {escalation_delay_in_minutes: 30, targets: [{id: 'PUSER03', type: 'user_reference', summary: 'Caio Lima'}]},
    ],
  },
} as const

const participant = (name: string) => ({type: 'user', id: `id-${name}`, username: `${name}@shop.example`})

export function opsgenie(over: object = {}): {readonly data: Readonly<Record<string, unknown>>} {
  return {
    data: {
      id: 'd875e654-9b4e-4219-a803-0c26936d18de',
      name: 'shop_schedule',
      timezone: 'Europe/Lisbon',
      enabled: true,
      rotations: [
        {
          id: 'r1',
          name: 'Business hours',
          startDate: '2026-01-05T09:00:00Z',
          type: 'weekly',
          length: 1,
          participants: [participant('ana'), participant('bia')],
          timeRestriction: {
            type: 'weekday-and-time-of-day',
            restrictions: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({
              ...{startDay: day, startHour: 9, startMin: 0, endDay: day, endHour: 18, endMin: 0},
            })),
          },
        },
        {
          id: 'r2',
          name: 'Nights',
          startDate: '2026-01-05T18:00:00Z',
          endDate: null,
          type: 'daily',
          length: 1,
          participants: [participant('bia'), participant('caio'), participant('dora')],
          timeRestriction: {
            type: 'time-of-day',
            restriction: {startHour: 18, startMin: 0, endHour: 9, endMin: 0},
          },
        },
      ],
      overrides: [],
      ...over,
    },
  }
}

const GRAFANA_USERS = {
  results: ['ana', 'bia', 'caio'].map((username, at) => ({
    id: `U${String(at)}`,
    email: `${username}@shop.example`,
    slack: [{user_id: `U0SHOP${String(at)}`, team_id: 'T0SHOP'}],
    username,
  })),
}

export const GRAFANA_SHIFTS = [
  {
    id: 'O1',
    name: 'Weeks',
    type: 'rolling_users',
    time_zone: null,
    level: 1,
    start: '2026-01-05T09:00:00',
    rotation_start: '2026-01-05T09:00:00',
    duration: 604_800,
    frequency: 'weekly',
    interval: 1,
    week_start: 'MO',
    by_day: null,
    rolling_users: [['U0'], ['U1'], ['U2']],
    start_rotation_from_user_index: 1,
  },
  {
    id: 'O2',
    name: 'Evenings',
    type: 'rolling_users',
    time_zone: null,
    level: 2,
    start: '2026-01-05T18:00:00',
    duration: 14_400,
    frequency: 'daily',
    interval: 1,
    week_start: 'MO',
    by_day: ['MO', 'TU', 'WE', 'TH', 'FR'],
    rolling_users: [['U1'], ['U2'], ['U0']],
  },
] as const

export function grafana(shifts: readonly object[] = GRAFANA_SHIFTS, over: object = {}): object {
  return {
    schedules: {
      results: [
        {
          id: 'S1',
          name: 'Shop',
          type: 'calendar',
          time_zone: 'America/Chicago',
          shifts: ['O1', 'O2'],
          on_call_now: [],
          ...over,
        },
      ],
    },
    on_call_shifts: {results: shifts},
    users: GRAFANA_USERS,
  }
}
