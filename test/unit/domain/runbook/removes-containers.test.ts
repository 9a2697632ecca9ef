import {describe, expect, it} from 'vitest'
import {removesContainers} from '../../../../src/domain/runbook/removes-containers.js'

describe('what removes containers', () => {
  it.each([
    'faci down && faci up',
    'faci --config x.yml down',
    'faci up --recreate',
    'docker-compose down',
    'docker compose -p x rm -sf api',
    'docker compose up -d \\\n  --force-recreate api',
    'docker rm -f api',
    'docker system prune -f',
    'true\n  docker container prune',
  ])('%s', (script) => {
    expect(removesContainers(script)).toBe(true)
  })

  it.each([
    'faci restart api',
    'faci up',
    'docker compose up -d',
    'echo shutdown',
    '# faci down',
    'docker ps',
    'faci scale api=3',
  ])('not %s', (script) => {
    expect(removesContainers(script)).toBe(false)
  })
})
