/** What a name that is one line may hold all the same. */
const ONE_LINE = '| a | b FORGED \u202E<img src=x>[a](https://evil.example);BEGIN:VEVENT =1+1 <!channel>'

/** A line of faci.yml, behind another. */
export const EVIL_ROTA = `\noncall: {people: [{name: ${JSON.stringify(ONE_LINE)}}, {name: Bia}], rotation: daily}\n`
