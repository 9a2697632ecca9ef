import type {Consent} from '../../src/domain/consent/block-gate.js'
import {EVERYTHING} from '../../src/domain/execution/selection.js'
import {type PlanInput, planRun, type RunPlan} from '../../src/domain/execution/plan.js'
import type {
  DiagnoseBlock,
  MitigateBlock,
  NotifyBlock,
  PersonTask,
  RollbackBlock,
  Resolved,
  Runbook,
  StepItem,
  VerifyBlock,
} from '../../src/domain/runbook/runbook.js'

const COMMAND = {
  line: 1,
  body: 'true',
  attributes: '',
  timeoutSeconds: 60,
  capture: null,
  outputs: [],
  placeholders: [],
  expect: null,
} as const

export function aDiagnosis(id: string, over: Partial<DiagnoseBlock> = {}): DiagnoseBlock {
  return {...COMMAND, id, role: 'diagnose', language: 'sh', retries: 0, backoffSeconds: 1, ...over}
}

export function aMitigation(id: string, over: Partial<MitigateBlock> = {}): MitigateBlock {
  const own = {confirm: 'default', onFailure: 'next', retries: 0, backoffSeconds: 1} as const
  return {...COMMAND, id, role: 'mitigate', language: 'sh', ...own, ...over}
}

export function aVerify(id: string, of: string, over: Partial<VerifyBlock> = {}): VerifyBlock {
  const patience = {withinSeconds: 10, holdSeconds: 0, everySeconds: 1}
  return {...COMMAND, id, role: 'verify', language: 'sh', of, ...patience, ...over}
}

export function aRollback(id: string, of: string, over: Partial<RollbackBlock> = {}): RollbackBlock {
  return {...COMMAND, id, role: 'rollback', language: 'sh', of, retries: 0, backoffSeconds: 1, ...over}
}

export function aNotice(id: string, over: Partial<NotifyBlock> = {}): NotifyBlock {
  const own = {
    role: 'notify',
    language: 'md',
    body: '{{summary}}',
    attributes: '',
    to: 'slack',
    when: 'always',
  } as const
  return {id, line: 1, ...own, ...over}
}

export function aTask(id: string): PersonTask {
  return {id, line: 1, role: 'task', text: 'Call somebody'}
}

export const RESOLVED: Resolved = {
  withinSeconds: 10,
  holdSeconds: 0,
  everySeconds: 1,
  conditions: [{kind: 'health', name: 'api'}],
}

function aRunbook(items: readonly StepItem[], over: Partial<Runbook> = {}): Runbook {
  return {
    name: 'api-down',
    file: 'runbooks/api-down.md',
    title: 'API down',
    severity: 'critical',
    alerts: ['APIDown'],
    services: ['api'],
    owner: 'ops',
    reviewEverySeconds: null,
    timeoutSeconds: 900,
    inputs: [],
    uses: [],
    resolved: RESOLVED,
    introduction: '',
    steps: [{title: 'Do it', line: 1, prose: '', items}],
    source: '# API down',
    ...over,
  }
}

export const CONSENT: Consent = {
  environment: 'development',
  production: false,
  attended: false,
  yes: true,
  approved: new Set(),
  confirmed: false,
}

export function aPlan(
  items: readonly StepItem[],
  over: Partial<Omit<PlanInput, 'consent' | 'runbook'>> & {consent?: Partial<Consent>; runbook?: Partial<Runbook>} = {},
): RunPlan {
  const {consent, runbook, ...rest} = over
  return planRun({
    inputs: {values: {}, secrets: []},
    mode: 'full',
    force: false,
    selection: EVERYTHING,
    step: false,
    rollback: 'never',
    channels: ['slack'],
    ground: {service: 'faciliauto', project: 'x', engineId: 'engine-1', uses: []},
    ...rest,
    runbook: aRunbook(items, runbook),
    consent: {...CONSENT, ...consent},
  })
}
