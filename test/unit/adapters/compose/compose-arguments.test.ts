import {describe, expect, it} from 'vitest'
import {changeArguments, contextArguments} from '../../../../src/adapters/compose/compose-arguments.js'

describe('changeArguments', () => {
  it.each([
    [{kind: 'up', services: [], build: false, recreate: false, replicas: {}}, 'up -d'],
    [{kind: 'up', services: ['api'], build: false, recreate: false, replicas: {api: 3}}, 'up -d --scale api=3 api'],
    [{kind: 'up', services: ['api'], build: true, recreate: true, replicas: {}}, 'up -d --build --force-recreate api'],
    [{kind: 'down'}, 'down --remove-orphans'],
    [{kind: 'revert', services: ['api'], replicas: {api: 2}}, 'up -d --no-deps --scale api=2 api'],
    [{kind: 'restart', services: ['api', 'redis']}, 'restart api redis'],
    [{kind: 'stop', services: ['api']}, 'stop api'],
    [{kind: 'start', services: []}, 'start'],
    [{kind: 'scale', replicas: {api: 3, worker: 0}}, 'up -d --no-recreate --scale api=3 --scale worker=0 api worker'],
  ] as const)('%j', (change, expected) => {
    expect(changeArguments(change).join(' ')).toBe(expected)
  })
})

describe('contextArguments', () => {
  const v1 = {command: 'docker-compose', version: '1.29.2'} as const
  it.each([
    ['1.29 is told of DOCKER_CONTEXT', v1, {DOCKER_CONTEXT: 'prod'}, ['--context', 'prod']],
    ['DOCKER_HOST counts before it', v1, {DOCKER_CONTEXT: 'prod', DOCKER_HOST: 'tcp://build'}, []],
    ['an empty one is none', v1, {DOCKER_CONTEXT: ''}, []],
    ['v2 reads it itself', {command: 'docker compose', version: '2.26.1'}, {DOCKER_CONTEXT: 'prod'}, []],
  ] as const)('%s', (_, tool, environment, expected) => {
    expect(contextArguments(tool, environment)).toEqual(expected)
  })
})
