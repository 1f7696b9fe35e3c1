// `npm run bench`: one JSON object a line. Names on the command line choose benches; none means all.
import { ackBench } from './ack.ts'
import { assessBench } from './assess.ts'
import { type Bench, report } from './measure.ts'
import { planRead } from './plan-read.ts'
import { planReadMemory } from './plan-read-memory.ts'

const BENCHES: readonly Bench[] = [ackBench, assessBench, planRead, planReadMemory]

const wanted = process.argv.slice(2)
for (const bench of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue
  for await (const line of bench.run()) report(line)
}
