import type {OncallWords} from '../../../domain/oncall/oncall-words.js'

export const ONCALL: OncallWords = {
  title: (service) => `Plantão: ${service}`,
  summary: (person, service) => `Plantão: ${person} (${service})`,
  layer: (layer) => `Camada: ${layer}`,
  override: 'Substituição',
  nobody: 'ninguém',
  test: {
    title: (service) => `TESTE de acionamento: ${service}`,
    body: (id) =>
      `Este é um teste da escala de plantão. Não há nenhum problema.\n\nPara confirmar: \`faci oncall test --ack ${id}\``,
    over: 'O teste da escala de plantão terminou.',
  },
  heads: {from: 'De', to: 'Até', person: 'De plantão', layer: 'Camada'},
}
