import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'

/** Switches the faults on as soon as the API lets it, whoever starts it again. */
const FAULTY_START = `
const body = JSON.stringify({errors: {ratio: 0.5}})
const headers = {'content-type': 'application/json'}
const timer = setInterval(() => {
  fetch('http://127.0.0.1:8001/faults', {method: 'PUT', headers, body}).then(({ok}) => ok && clearInterval(timer), () => {})
}, 100)
`

export interface BadImage {
  readonly remove: () => Promise<void>
}

/** A release of the API that answers half of its requests with an error. `FAULTS` must be enabled where it runs. */
export async function badImage(goodImage: string, name: string): Promise<BadImage> {
  const folder = await mkdtemp(join(tmpdir(), 'faci-bad-image-'))
  const {stdout: container} = await execa('docker', ['create', goodImage])
  try {
    await writeFile(join(folder, 'faulty.cjs'), FAULTY_START, {mode: 0o644})
    await execa('docker', ['cp', join(folder, 'faulty.cjs'), `${container}:/app/faulty.cjs`])
    const command = JSON.stringify(['node', '--require', '/app/faulty.cjs', '/app/main.cjs'])
    await execa('docker', ['commit', '--change', `CMD ${command}`, container, name])
  } finally {
    await execa('docker', ['rm', container])
    await rm(folder, {recursive: true})
  }
  return {
    remove: async () => {
      await execa('docker', ['rmi', '--force', name])
    },
  }
}
