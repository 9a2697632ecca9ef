import {execa} from 'execa'
import {composeCommand, runCompose} from '../../service/stack/compose-command.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {eventually} from './eventually.js'
import type {RealStack} from './stack-lender.js'

/** The stack as on its first day: one replica, and a Prometheus that remembers nothing of what other test files did. */
export async function firstDay({project, env, urls}: RealStack): Promise<void> {
  const tool = await composeCommand()
  const compose = (...parameters: readonly string[]) =>
    runCompose(tool, parameters, {env, cwd: repositoryRoot, timeout: 120_000})
  await compose('rm', '--stop', '--force', 'prometheus')
  await execa('docker', ['volume', 'rm', `${project}_prometheus-data`])
  await compose('up', '--detach', '--no-build', '--no-recreate', '--scale', 'api=1', 'api', 'prometheus')
  await eventually(async () => {
    const answer = await fetch(`${urls.prometheus}/-/ready`)
    if (!answer.ok) throw new Error(`Prometheus is not ready: ${String(answer.status)}`)
  })
}
