import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'

export interface MixedLoad {
  readonly stop: () => Promise<void>
}

/** The service's own load: buyers who browse, ask for recommendations and click on WhatsApp. */
export function mixedLoad(apiUrl: string, requestsPerSecond = 20): MixedLoad {
  const program = join(repositoryRoot, 'service', 'load', 'dist', 'main.cjs')
  const child = spawn(process.execPath, [program], {
    env: {...process.env, TARGET_URL: apiUrl, LOAD_RPS: String(requestsPerSecond)},
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  return {
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
