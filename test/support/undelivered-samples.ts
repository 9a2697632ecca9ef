import type {Undelivered} from '../../src/domain/notices/undelivered.js'

type OfWhy<W extends Undelivered['why'], U = Undelivered> = U extends {readonly why: infer Y}
  ? W extends Y
    ? U
    : never
  : never

const service = 'Slack'
const channel = '#ops'
const last = {why: 'notAnswered', service} as const
const problem = {why: 'error', text: 'xyzzy plugh'} as const

/** A new kind does not compile without. */
const SAMPLES: {readonly [W in Undelivered['why']]: readonly Omit<OfWhy<W>, 'why'>[]} = {
  asksToWait: [{service}],
  notAnswered: [{service}],
  junk: [{service}],
  otherRoutingKey: [{service: 'PagerDuty'}],
  unreachable: [
    {service, code: 'ECONNREFUSED'},
    {service, code: null},
  ],
  httpStatus: [
    {service, status: 500},
    {service, status: null},
  ],
  trouble: [{service, code: 'fatal_error'}],
  refused: [
    {service, code: 'invalid_blocks', mend: null},
    {service, code: 'invalid_auth', mend: {look: 'token'}},
    {service, code: 'HTTP 404', mend: {look: 'webhook'}},
    {service, code: 'channel_not_found', mend: {look: 'channel', channel}},
    {service, code: 'not_in_channel', mend: {look: 'invitation', channel}},
    {service, code: '535', mend: {look: 'login'}},
    {service, code: '550', mend: {look: 'sender'}},
    {service, code: 'HTTP 401', mend: {look: 'signature'}},
    {service, code: 'HTTP 410', mend: {look: 'receiver'}},
  ],
  mayNotPost: [{scope: 'chat:write'}],
  notEditable: [{what: 'webhook'}, {what: 'shown'}],
  recipientsRefused: [
    {service, refused: [{address: 'ana@x.test', code: '550'}], othersHaveIt: true},
    {
      service,
      refused: [
        {address: 'ana@x.test', code: '550'},
        {address: 'bia@x.test', code: '451'},
      ],
      othersHaveIt: false,
    },
  ],
  viaProxy: [
    {service, proxy: 'http://proxy:3128', problem: 'refused', code: '407'},
    {service, proxy: 'http://proxy:3128', problem: 'refused', code: '502'},
    {service, proxy: 'http://proxy:3128', problem: 'unreachable', code: 'ECONNREFUSED'},
    {service, proxy: 'http://proxy:3128', problem: 'unreachable', code: null},
    {service, proxy: 'http://proxy:3128', problem: 'silent', code: null},
    {service, proxy: 'HTTPS_PROXY', problem: 'unfit', code: null},
  ],
  untrusted: (
    [
      'expired',
      'notYetValid',
      'selfSigned',
      'unknownIssuer',
      'revoked',
      'wrongName',
      'noTls',
      'noStartTls',
      'broken',
    ] as const
  ).map((problem) => ({service, problem})),
  unfitSecret: (['smtpUrl', 'webhookUrl', 'webhookSecret'] as const).map((expected) => ({
    reference: 'env:SMTP_URL',
    expected,
  })),
  perhapsTaken: [
    {service, channel, reason: null, isWorthALook: false},
    {service, channel, reason: {why: 'notFound'}, isWorthALook: false},
    {service, channel, reason: {why: 'lacksScopes', scopes: ['channels:read']}, isWorthALook: false},
    {service, channel, reason: last, isWorthALook: true},
  ],
  noSuchChannel: [{channel: 'pager'}],
  noSecret: [{reference: 'env:SLACK_BOT_TOKEN'}],
  busy: [{}],
  notTried: [{}],
  givenUp: [{}],
  fileUnreadable: [{}],
  fileGone: [{}],
  threw: [{name: 'TypeError'}],
  error: [{text: 'xyzzy plugh'}],
  told: [{text: 'xyzzy plugh'}],
  triedOften: [{attempts: 100, last}],
  afterEarlier: [{earlier: '01ARZ3NDEKTSV4RRFFQ69G5FA1'}],
  tryLater: [{nextTryAt: '2026-11-23T06:10:00.000Z', last}],
  held: [
    {by: 'quiet', until: '2026-11-24T07:00:00.000Z'},
    {by: 'limit', until: '2026-11-24T07:00:00.000Z'},
  ],
  fellBack: [
    {channel: 'email', isThere: true, last},
    {channel: 'email', isThere: false, last},
  ],
  neitherKept: [{reason: last, problem}],
}

export const UNDELIVERED_SAMPLES = Object.entries(SAMPLES).flatMap(([why, all]) =>
  all.map((fields) => ({...fields, why}) as Undelivered),
)
