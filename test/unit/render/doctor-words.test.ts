import {describe, expect, it} from 'vitest'
import {told} from '../../support/worded-reason.js'
import type {ChannelFact, SetupFact} from '../../../src/domain/doctor/setup-report.js'
import {setupFactText} from '../../../src/render/words/en/doctor.js'

const TOKEN = {from: 'env', name: 'SLACK_BOT_TOKEN'} as const
const SECRETS = ['env:SLACK_BOT_TOKEN']
const REJECTED: ChannelFact = {why: 'channelRejected', reason: told('invalid_auth'), secrets: SECRETS}
const UNTRIED: ChannelFact = {
  ...{why: 'channelUntried', address: 'webhook #ops', secrets: ['env:HOOK'], detail: 'only a notice shows'},
}

describe('what doctor says', () => {
  it.each<[SetupFact, string, string | null]>([
    [{why: 'channelOk', detail: 'slack #ops as faci'}, 'slack #ops as faci', null],
    [{why: 'channelLacking', detail: 'no scope', next: 'add chat:write'}, 'no scope', 'add chat:write'],
    [REJECTED, 'invalid_auth (env:SLACK_BOT_TOKEN)', 'faci notify test'],
    [{why: 'channelFailed', reason: told('Slack is away')}, 'Slack is away', 'faci notify test'],
    [UNTRIED, 'webhook #ops, env:HOOK is set; only a notice shows', 'faci notify test'],
    [
      {why: 'channelUnset', channel: 'slack', missing: TOKEN},
      'env:SLACK_BOT_TOKEN has no value: notices are shown on the terminal',
      'export SLACK_BOT_TOKEN=…',
    ],
    [
      {why: 'channelUnset', channel: 'slack', missing: {from: 'file', name: '/run/token'}},
      'file:/run/token has no value: notices are shown on the terminal',
      'write file:/run/token',
    ],
    [
      {why: 'channels', all: [UNTRIED, {why: 'channelFailed', reason: told('away')}], worst: UNTRIED},
      'webhook #ops, env:HOOK is set; only a notice shows; away',
      'faci notify test',
    ],
    [
      {why: 'noChannel', setups: {slack: 'notices: {slack: {}}'}},
      'shown on the terminal: no channel configured; to set one up, add to faci.yml: notices: {slack: {}}',
      null,
    ],
    [{why: 'targets', version: '3.1.0', up: 1, job: 'api'}, 'Prometheus 3.1.0, 1 target of job api up', null],
    [{why: 'targets', version: '3.1.0', up: 2, job: null}, 'Prometheus 3.1.0, 2 targets of job any up', null],
    [
      {why: 'targets', version: '3.1.0', up: 0, job: 'api'},
      'Prometheus 3.1.0 has no target up for job api',
      "faci query 'up' and compare with prometheus.job in faci.yml",
    ],
    [{why: 'outbox', undelivered: 2, unreadable: 0}, '2 undelivered', 'faci notify flush'],
    [{why: 'outbox', undelivered: 2, unreadable: 1}, '2 undelivered, 1 unreadable', 'faci notify flush'],
    [
      {why: 'runsUnreadable', first: '/srv/store/runs/01A', ids: ['01A', '01B', '01C', '01D', '01E']},
      '5 unreadable: 01A, 01B, 01C and 2 more',
      'ls -la /srv/store/runs/01A',
    ],
    [{why: 'runbooksInvalid', first: 'a', names: ['a', 'b']}, 'invalid: a, b', 'faci runbook show a'],
  ])('of %j', (fact, detail, next) => {
    expect(setupFactText(fact)).toEqual({detail, next})
  })
})
