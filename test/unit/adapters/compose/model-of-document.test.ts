import {describe, expect, it} from 'vitest'
import {modelOfDocument} from '../../../../src/adapters/compose/model-of-document.js'

describe('modelOfDocument', () => {
  const document = 'services:\n  api: {}\n  load: {profiles: [load, all]}\n  redis:\n'

  it('tells apart the services of profiles that are off, and expects nothing of them', () => {
    const model = modelOfDocument(document, [''])
    expect([model.services, model.profiled]).toEqual([['api', 'redis'], ['load']])
    expect(model.expected.map(({service}) => service)).toEqual(['api', 'redis'])
    expect(modelOfDocument(document, ['all']).profiled).toEqual([])
    expect(modelOfDocument(document, ['*']).profiled).toEqual([])
  })

  it.each([
    ['{}', 1],
    ['{scale: 3}', 3],
    ['{scale: "2"}', 2],
    ['{deploy: {replicas: 0}}', 0],
    ['{deploy: {replicas: 4}, restart: always}', 4],
    ['{provider: {type: model, options: {model: x}}}', 0],
  ])('%s: %i of it are wanted', (service, replicas) => {
    expect(modelOfDocument(`services: {x: ${service}}`, []).expected[0]?.replicas).toBe(replicas)
  })

  it.each([
    ['what others wait for to end', '{x: {}, y: {depends_on: {x: {condition: service_completed_successfully}}}}', true],
    ['what is told not to be started again, and offers nothing', "{x: {restart: 'no'}}", true],
    ['a job by its mode', '{x: {deploy: {mode: replicated-job}}}', true],
    ['the same by `deploy`', '{x: {deploy: {restart_policy: {condition: none}}}}', true],
    ['what `deploy` restarts', "{x: {restart: 'no', deploy: {restart_policy: {condition: any}}}}", false],
    ['what offers a port', "{x: {restart: 'no', ports: ['80']}}", false],
    ['what has a health check', "{x: {restart: 'no', healthcheck: {test: [CMD, a]}}}", false],
    ['what has its health check switched off', "{x: {restart: 'no', healthcheck: {disable: true}}}", true],
    ['the same by its test', "{x: {restart: 'no', healthcheck: {test: [NONE]}}}", true],
    ['what is started again when it fails', '{x: {restart: on-failure}}', false],
    ['what only has no restart policy', '{x: {}}', false],
    ['what others depend on', '{x: {}, y: {depends_on: {x: {condition: service_started}}}}', false],
    ['what others depend on, in the short form', '{x: {}, y: {depends_on: [x]}}', false],
  ])('%s: a job or not', (_what, services, isJob) => {
    expect(modelOfDocument(`services: ${services}`, []).expected[0]?.isJob).toBe(isJob)
  })

  it.each([
    ['Docker leaves it alone', '{x: {restart: on-failure}}', true],
    ['so many times', "{x: {restart: 'on-failure:5'}}", true],
    ['by `deploy`', '{x: {deploy: {restart_policy: {condition: on-failure}}}}', true],
    ['it offers a port', "{x: {restart: on-failure, ports: ['80']}}", false],
    ['it has a health check', '{x: {restart: on-failure, healthcheck: {test: [CMD, a]}}}', false],
    ['others depend on it', '{x: {restart: on-failure}, y: {depends_on: [x]}}', false],
    ['others want it to run', '{x: {restart: on-failure}, y: {depends_on: {x: {condition: service_started}}}}', false],
    ['it is started again always', '{x: {restart: unless-stopped}}', false],
    ['nothing is said', '{x: {}}', false],
  ])('%s: whether it may end with 0', (_what, services, mayEnd) => {
    expect(modelOfDocument(`services: ${services}`, []).expected[0]?.mayEnd).toBe(mayEnd)
  })

  it('refuses something else', () => {
    expect(() => modelOfDocument('hello', [])).toThrow(expect.objectContaining({code: 'badAnswer'}))
  })
})
