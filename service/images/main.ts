import {join, relative} from 'node:path'
import {ensureEngine} from '../stack/engine.js'
import {ensureBundles} from '../stack/programs.js'
import {repositoryRoot} from '../stack/repository.js'
import {chooseImages} from './choose-images.js'
import {writeEnvFile} from './env-file.js'

/**
 * `npm run images`: gets an engine and the images, bundles the programs, and writes the choice to `.env`, so that
 * `docker compose up` and `faci up` work by hand. Takes --no-install.
 */
async function main(): Promise<void> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`)
  }
  await ensureEngine({install: !process.argv.includes('--no-install'), keep: true, say})
  const {env, composeFiles, source} = await chooseImages(say)
  await ensureBundles(say)
  const files = composeFiles.map((file) => relative(repositoryRoot, file)).join(':')
  const variables = source === 'registry' ? {} : {COMPOSE_FILE: files, ...env}
  const left = await writeEnvFile(join(repositoryRoot, '.env'), variables)
  say(`images: ${source === 'registry' ? 'docker-compose.yml needs no variables' : '.env selects them'}`)
  if (left.length > 0) say(`images: .env already sets ${left.join(', ')}, left as they are`)
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
