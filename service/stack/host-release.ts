import {readFile} from 'node:fs/promises'

export interface HostRelease {
  readonly distribution: 'debian' | 'ubuntu'
  readonly codename: string
}

/** Undefined on anything but Debian and Ubuntu. */
export async function hostRelease(): Promise<HostRelease | undefined> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const field = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
  const distribution = field('ID')
  const codename = field('VERSION_CODENAME')
  if ((distribution !== 'debian' && distribution !== 'ubuntu') || codename === '') return undefined
  return {distribution, codename}
}
