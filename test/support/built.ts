import {execa} from 'execa'
import {repositoryRoot} from '../../service/stack/repository.js'

/** Builds faci before the tests that run it; nothing is done while dist/ was built from the same sources. */
export default async function setup(): Promise<void> {
  await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
}
