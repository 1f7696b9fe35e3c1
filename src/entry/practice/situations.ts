// The runs of the demo: which workspace a plan would come from, and what its author wrote.

export interface Situation {
  /** Folder below `fixtures/demo`. */
  readonly name: string
  readonly workspace: string
  readonly project: string
  readonly message: string
  readonly createdBy: string
}

export const SITUATIONS: readonly Situation[] = [
  {
    name: 'tag-change',
    workspace: 'payments-prod',
    project: 'payments',
    message: 'Add cost-centre tags',
    createdBy: 'maria',
  },
  {
    name: 'scale-up',
    workspace: 'web-prod',
    project: 'storefront',
    message: 'More web servers for the autumn sale',
    createdBy: 'jdoe',
  },
  {
    name: 'rename-without-moved',
    workspace: 'payments-prod',
    project: 'payments',
    message: 'Tidy up resource names',
    createdBy: 'sven',
  },
  {
    name: 'rule-swap',
    workspace: 'network-prod',
    project: 'platform',
    message: 'Rewrite security group rules',
    createdBy: 'maria',
  },
  {
    name: 'database-replacement',
    workspace: 'payments-prod',
    project: 'payments',
    message: 'Encrypt the payments database',
    createdBy: 'jdoe',
  },
  {
    name: 'public-bucket',
    workspace: 'payments-prod',
    project: 'payments',
    message: 'Serve images from the bucket',
    createdBy: 'li',
  },
  {
    name: 'role-removed',
    workspace: 'ledger-prod',
    project: 'finance',
    message: 'Remove unused roles',
    createdBy: 'sven',
  },
  {
    name: 'errored-plan',
    workspace: 'payments-prod',
    project: 'payments',
    message: 'Tag everything (planning ended with an error)',
    createdBy: 'ci-pipeline',
  },
]

/** A plan the table does not know comes from production, as everything unknown does. */
export function situationFor(name: string): Situation {
  return (
    SITUATIONS.find((known) => known.name === name) ?? {
      name,
      workspace: 'payments-prod',
      project: 'payments',
      message: name,
      createdBy: 'jdoe',
    }
  )
}
