import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {MAIL_USER, type MailServer, mailServer, ownCertificate} from '../support/servers/mail.js'

const here = mkdtempSync(join(tmpdir(), 'faci-built-email-'))
let mail: MailServer

beforeAll(async () => {
  mail = await mailServer()
  writeFileSync(join(here, 'ca.pem'), ownCertificate().cert)
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  await mail.close()
})

const PASSWORD = encodeURIComponent(MAIL_USER.password)

function service(name: string): string {
  const directory = join(here, name)
  mkdirSync(directory)
  const lists = '{stakeholders: [dan@x.test]}'
  const email = `{smtp: 'env:SMTP_URL', from: ops@x.test, to: [ana@x.test, bia@x.test], lists: ${lists}}`
  const text = `service: shop\ncompose: {file: docker-compose.yml}\nnotices:\n  email: ${email}\n`
  writeFileSync(join(directory, 'faci.yml'), text)
  return directory
}

function environment(query = ''): Record<string, string> {
  const url = `smtp://${MAIL_USER.user}:${PASSWORD}@127.0.0.1:${String(mail.port)}${query}`
  return {SMTP_URL: url, NODE_EXTRA_CA_CERTS: join(here, 'ca.pem')}
}

describe('the built faci', () => {
  it('sends mail over STARTTLS where the certificate is believed, and hides the password', async () => {
    const directory = service('sent')
    const argv = ['notify', '--title', 'Hi', '--message', `password ${MAIL_USER.password}, as ${PASSWORD}`]
    const {stdout, exitCode} = await runBuilt(argv, directory, environment('?tls=required'))
    expect({stdout, exitCode}).toEqual({stdout: '✔ Hi delivered to email\n', exitCode: 0})
    expect(mail.mails.at(-1)?.parsed.subject).toBe('Hi')
    expect(mail.mails.at(-1)?.parsed.text).not.toMatch(/word of mail|word%20of/)
  })

  it('sends through a relay that asks for no password, which may stand in faci.yml', async () => {
    const directory = service('relay')
    const file = join(directory, 'faci.yml')
    const given = readFileSync(file, 'utf8')
    const smtp = (url: string): void => writeFileSync(file, given.replace('env:SMTP_URL', url))
    smtp(`smtp://127.0.0.1:${String(mail.port)}`)
    const sent = await runBuilt(['notify', '--title', 'Hi', '--message', 'x'], directory, {})
    expect(sent).toMatchObject({stdout: '✔ Hi delivered to email\n', exitCode: 0})
    expect((await runBuilt(['notify', 'test'], directory, {})).exitCode).toBe(0)
    for (const url of ['smtp://faci:hunter2@mail:25', 'smtps://faci@mail', 'mail:25', 'http://mail']) {
      smtp(url)
      const {stderr, exitCode} = await runBuilt(['notify', '--title', 'Hi', '--message', 'x'], directory, {})
      expect([exitCode, stderr]).toEqual([6, expect.stringMatching(/notices\.email\.smtp: .*env:NAME or file:/)])
      expect(stderr).not.toContain('hunter2')
    }
  })

  it('sends to a list by its name', async () => {
    const argv = ['notify', '--title', 'Hi', '--message', 'x', '--channel', 'email:stakeholders']
    const {stdout, exitCode} = await runBuilt(argv, service('list'), environment())
    expect({stdout, exitCode}).toEqual({stdout: '✔ Hi delivered to email:stakeholders\n', exitCode: 0})
    expect(mail.mails.at(-1)?.to).toEqual(['dan@x.test'])
  })

  it('says of whom a mail was refused, and sends it again to nobody else', async () => {
    const directory = service('partly')
    const before = mail.mails.length
    mail.refusals.set('bia@x.test', 451)
    const {stdout, exitCode} = await runBuilt(['notify', '--title', 'Hi', '--message', 'x'], directory, environment())
    expect([exitCode, stdout]).toEqual([9, expect.stringMatching(/refused bia@x\.test \(451\); everybody else has it/)])
    mail.refusals.clear()
    expect((await runBuilt(['notify', 'flush', '--now'], directory, environment())).exitCode).toBe(0)
    expect(mail.mails.slice(before).map(({to}) => to)).toEqual([['ana@x.test'], ['bia@x.test']])
  })

  it('asks the server before it says that mail goes out', async () => {
    const directory = service('asked')
    const {stdout, exitCode} = await runBuilt(['notify', 'test'], directory, environment())
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^✔ email took the test notice: .*knows faci/)])
    const wrong = {SMTP_URL: `smtp://faci:not-the-one@127.0.0.1:${String(mail.port)}`}
    const refused = await runBuilt(['notify', 'test'], directory, wrong)
    expect([refused.exitCode, refused.stdout]).toEqual([3, expect.stringMatching(/\(535\): check user and password/)])
    expect((await runBuilt(['doctor'], directory, wrong)).stdout).toMatch(/notices +✖ failed .*535/)
  })

  it('shows what it would send, and the page', async () => {
    const argv = ['notify', '--title', 'Hi <b>', '--message', 'x', '--preview', '--open', 'page.html']
    const {stdout, exitCode} = await runBuilt(argv, service('preview'), environment())
    expect(exitCode).toBe(0)
    expect(stdout).toContain('<title>Hi &lt;b&gt;</title>')
  })
})
