// The first item: where and what the plan is, how much of it there is, and what is not shown.
import type { JsonValue } from '../../json.ts'
import type { Desk, Item } from './desk.ts'

const MOST_SENTENCES = 20

export function headItem(desk: Desk, questions: number, leftOut: readonly string[]): Item {
  const { curtain, examination } = desk
  const { plan, facts, policy, phase, stops, weighing } = examination
  const { environment, context } = facts
  const word = (text: string | undefined, where: string): { readonly [name: string]: string } =>
    text === undefined || text === '' ? {} : { [where]: curtain.word(text, where) }
  const sentences = (list: readonly string[], where: string): readonly string[] => [
    ...list.slice(0, MOST_SENTENCES).map((text) => curtain.sentence(text, where)),
    ...(list.length > MOST_SENTENCES ? [`and ${list.length - MOST_SENTENCES} more`] : []),
  ]
  return desk.write('head', 1, () => ({
    item: 'plan',
    format: curtain.word(plan.formatVersion, 'the format version'),
    ...word(plan.terraformVersion, 'terraform_version'),
    product: plan.product,
    tier: environment.tier,
    ...word(environment.name, 'environment'),
    environment_declared: environment.declared,
    ...(environment.ephemeral ? { ephemeral: true } : {}),
    environment_because: curtain.sentence(environment.because, 'why this environment'),
    ...(environment.conflict === undefined
      ? {}
      : {
          environment_conflict: curtain.sentence(
            environment.conflict,
            'why the environment is in doubt',
          ),
        }),
    ...word(context.organization, 'organization'),
    ...word(context.project, 'project'),
    ...word(context.workspace, 'workspace'),
    ...word(context.directory, 'directory'),
    plan_arguments: (context.planArguments ?? [])
      .slice(0, MOST_SENTENCES)
      .map((one) => curtain.word(one, 'a plan argument')),
    changes: counts(desk),
    unchanged: plan.noOps,
    drifted: plan.drift.length,
    outputs: plan.outputs.filter(({ actions }) => actions.join() !== 'no-op').length,
    errored: plan.flags.errored,
    complete: plan.flags.complete ?? 'not said',
    applyable: plan.flags.applyable ?? 'not said',
    deferred: plan.deferred.length,
    ...(plan.redacted ? { values_removed_by_the_platform: true } : {}),
    ...(plan.configuration?.partial === true ? { configuration_partly_read: true } : {}),
    has_configuration: plan.configuration !== undefined,
    preset: policy.preset,
    phase,
    holding_findings: weighing.weighed.filter(({ holds }) => holds).length,
    stops: sentences([...stops, ...weighing.stops], 'what holds the plan beside its findings'),
    questions,
    left_out: leftOut,
  }))
}

function counts({ examination: { facts } }: Desk): JsonValue {
  const found: Record<string, number> = {}
  for (const { change } of facts.subjects) {
    found[change.action.kind] = (found[change.action.kind] ?? 0) + 1
    if (change.importing) found.import = (found.import ?? 0) + 1
    if (change.previousAddress !== undefined) found.move = (found.move ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}
