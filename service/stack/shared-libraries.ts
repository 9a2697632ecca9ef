import {join} from 'node:path'
import {execa} from 'execa'

export interface Libraries {
  /** Absolute paths on this machine (in the tree or in the system). */
  readonly files: readonly string[]
  /** The dynamic loader: its path is fixed in the binary. */
  readonly loader: string | undefined
  readonly missing: readonly string[]
}

/** Where packages of this machine's architecture put their libraries. */
export function libraryFolders(root: string): string[] {
  const machine = {x64: 'x86_64', arm64: 'aarch64'}[process.arch as string] ?? process.arch
  return [`usr/lib/${machine}-linux-gnu`, `lib/${machine}-linux-gnu`, 'usr/lib', 'lib'].map((folder) =>
    join(root, folder),
  )
}

export async function missingLibraries(root: string, binaries: readonly string[]): Promise<string[]> {
  const found = await Promise.all(binaries.map((binary) => librariesOf(join(root, binary), root)))
  return [...new Set(found.flatMap((libraries) => libraries.missing))]
}

/** What `ldd` names, looking in `root` first. A static binary has none. */
export async function librariesOf(binary: string, root: string): Promise<Libraries> {
  const result = await execa('ldd', [binary], {
    reject: false,
    all: true,
    env: {LD_LIBRARY_PATH: libraryFolders(root).join(':'), LC_ALL: 'C'},
  })
  const text = result.all
  if (/not a dynamic executable|statically linked/.test(text)) return {files: [], loader: undefined, missing: []}
  if (result.exitCode !== 0) throw new Error(`ldd ${binary}: ${text.trim()}`)
  return {
    files: [...text.matchAll(/=> (\/\S+) \(/g)].map((match) => match[1] ?? ''),
    loader: /^\s*(\/\S+) \(/m.exec(text)?.[1],
    missing: [...text.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''),
  }
}
