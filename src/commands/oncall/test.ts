import {BaseCommand} from '../../cli/command/base-command.js'
import {durationFlag, nameFlag} from '../../cli/flags/flags.js'
import {interruptible} from '../../cli/process/interruptible.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {testPagesDeps} from '../../cli/wiring/escalation-wiring.js'
import {readRota} from '../../cli/wiring/oncall-wiring.js'
import {pageTestText} from '../../render/escalation/page-test.js'
import {wordedPageTest} from '../../render/escalation/worded-pages.js'
import {acknowledgeTest, testPages} from '../../usecases/escalation/test-pages.js'

export default class OncallTest extends BaseCommand {
  static override summary = 'send a test page down the whole chain and wait for acknowledgements'
  static override description =
    'Sends a page that is marked as a test to everybody whom the escalation of the rota means, on every channel, tells each step as it happens, and reports who acknowledged after how long. Opens no incident and counts nowhere; PagerDuty gets one alert, which is resolved at the end. Exit 3: somebody did not acknowledge.'
  static override examples = [
    {description: 'With everybody told beforehand', command: '<%= config.bin %> oncall test --wait 15m'},
    {description: 'What a person types who got it', command: '<%= config.bin %> oncall test --ack 01K0000000'},
  ]

  static override flags = {
    wait: durationFlag({default: '15m', description: 'how long to wait for acknowledgements'}),
    ack: nameFlag({
      ...{description: 'acknowledge this test instead of sending one', helpValue: 'ID'},
      example: 'faci oncall test --ack ID, with the ID that the test page names',
    }),
    person: nameFlag({
      ...{description: 'who acknowledges (default: you)', dependsOn: ['ack']},
      example: 'faci oncall test --ack ID --person Bia',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(OncallTest)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const {service, environment} = app.config
    const place = {service, environment, operator: await app.operator(), rota: await readRota(app)}
    const deps = await testPagesDeps(app, this.terminal, flags.json)
    const {ack: id, person = null, wait: waitSeconds} = flags
    const result = await interruptible(({signal}) =>
      id === undefined
        ? testPages(deps, {...place, waitSeconds, signal})
        : acknowledgeTest(deps, {...place, id, person}),
    )
    await (await app.progress()).pause()
    this.present('oncall-test', wordedPageTest(result), pageTestText)
  }
}
