import {execa} from 'execa'
import {join} from 'node:path'
import {packageTree} from '../../service/stack/debian.js'
import {libraryFolders} from '../../service/stack/shared-libraries.js'

/** Debian 12's own Node 18, unpacked and not installed. */
export interface OldNode {
  /** `18.20.4`. */
  readonly version: string
  readonly run: (argv: readonly string[]) => Promise<{exitCode: number | undefined; stdout: string; stderr: string}>
}

/** Debian's Node reads parts of itself from /usr/share/nodejs: in a mount namespace of its own, that is the packages'. */
const PACKAGES = ['nodejs', 'node-acorn', 'node-cjs-module-lexer', 'node-undici']
const NODE = join('usr', 'bin', 'node')
const THERE = 'mount --bind "$1/usr/share" /usr/share && shift && exec "$@"'

async function unpackedNode(): Promise<OldNode> {
  const {root} = await packageTree({packages: PACKAGES, binaries: [NODE]})
  const env = {LD_LIBRARY_PATH: libraryFolders(root).join(':'), NO_COLOR: '1', NODE_EXTRA_CA_CERTS: ''}
  const there = ['--mount', '/bin/sh', '-c', THERE, 'node', root, join(root, NODE)]
  const run: OldNode['run'] = async (argv) => {
    const {exitCode, stdout, stderr} = await execa('unshare', [...there, ...argv], {
      env,
      reject: false,
      stdin: 'ignore',
    })
    return {exitCode, stdout, stderr}
  }
  const {stdout, stderr} = await run(['--version'])
  if (!stdout.startsWith('v18.')) throw new Error(`it is of version ${stdout}${stderr}`)
  return {version: stdout.slice(1), run}
}

/** Undefined, with the reason printed, where it cannot be had, in CI too: it is of Debian 12, and wants a mount namespace. */
export async function debianNode(): Promise<OldNode | undefined> {
  try {
    return await unpackedNode()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`SKIPPED: faci under Debian's Node 18: ${reason}\n`)
    return undefined
  }
}
