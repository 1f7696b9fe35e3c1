// The run page of the practice platform: what a person would see of each run. One self-contained
// document without scripts; everything in it that came from a service is escaped.
import type { OutcomeLabel, ReceivedOutcome } from './callback-rules.ts'
import { escapeHtml, markdownHtml } from './markdown.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { Stage } from './payload.ts'
import { finals, type PracticeRun, type TakenCallback } from './recording.ts'

/** Nothing but this document and its own style may load or run. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  pre_plan: 'Pre-plan',
  post_plan: 'Post-plan',
  pre_apply: 'Pre-apply',
  post_apply: 'Post-apply',
}

export interface PageRun {
  readonly title: string
  readonly run: PracticeRun
  /** What was played to the service meanwhile, in sentences. */
  readonly notes?: readonly string[]
}

/** A complete HTML document about these runs, in this order. */
export function runPage(runs: readonly PageRun[]): string {
  const passed = runs.filter(({ run }) => finals(run)[0]?.status === 'passed').length
  const second = runs.some(({ notes }) => notes !== undefined)
    ? '\nThe second reader is played by a script on this computer.'
    : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdgate practice platform</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Practice platform</h1>
<p>Runs on this computer only. It sends signed run-task requests, as HCP Terraform would, to a
Holdgate server, and shows the answers as a run page would.${second}
<strong>${passed} of ${runs.length}</strong> runs go on without a person.</p>
</header>
<div class="columns">
<nav aria-label="Runs"><ol>
${runs.map(navigationItem).join('\n')}
</ol></nav>
<main>
${runs.map(article).join('\n')}
</main>
</div>
</body>
</html>
`
}

function navigationItem({ title, run }: PageRun, at: number): string {
  const state = stateOf(finals(run)[0])
  return `<li><a href="#run-${at + 1}"><span class="dot ${state.tone}" aria-hidden="true"></span><span>${escapeHtml(title)}<small>${escapeHtml(run.description.workspace)} · ${state.word}</small></span></a></li>`
}

function article({ title, run, notes = [] }: PageRun, at: number): string {
  const { description, identity } = run
  const final = finals(run)[0]
  const state = stateOf(final)
  const level = description.enforcement === 'mandatory' ? 'Mandatory' : 'Advisory'
  const kind = description.speculative ? 'plan only' : 'plan and apply'
  const name = `run-${at + 1}`
  return `<article id="${name}" aria-labelledby="${name}-title">
<p class="path">${escapeHtml(description.organization)} / ${escapeHtml(description.project)} / <strong>${escapeHtml(description.workspace)}</strong></p>
<h2 id="${name}-title">${escapeHtml(title)}</h2>
<p class="meta">${escapeHtml(description.createdBy)} · ${kind} · <code>${escapeHtml(identity.runId)}</code></p>
${notes.map((note) => `<p class="meta">${escapeHtml(note)}</p>\n`).join('')}<section class="stage" aria-label="${STAGE_NAMES[description.stage]} tasks">
<h3>${STAGE_NAMES[description.stage]} · run tasks</h3>
<div class="task">
<p class="taskline"><span class="status ${state.tone}">${state.word}</span> <strong>holdgate</strong> <span class="level">${level}</span></p>
<p class="message">${escapeHtml(final?.message ?? 'No final answer was received.')}</p>
${outcomeList(final)}
</div>
<p class="consequence">${escapeHtml(consequence(final, description.enforcement))}</p>
</section>
</article>`
}

function outcomeList(final: TakenCallback | undefined): string {
  if (final === undefined || final.outcomes.length === 0) return ''
  return `<ul class="outcomes">\n${final.outcomes.map(outcomeItem).join('\n')}\n</ul>`
}

function outcomeItem(outcome: ReceivedOutcome, at: number): string {
  const tags = Object.entries(outcome.tags).flatMap(([key, labels]) =>
    labels.map((label) => tag(key, label)),
  )
  return `<li><details${at === 0 ? ' open' : ''}>
<summary><span class="description">${escapeHtml(outcome.description)}</span> <span class="id">${escapeHtml(outcome.id)}</span><span class="tags">${tags.join(' ')}</span></summary>
<div class="body">${markdownHtml(outcome.body)}</div>
</details></li>`
}

function tag(key: string, { label, level }: OutcomeLabel): string {
  const tone = ['info', 'warning', 'error'].includes(level) ? level : 'none'
  return `<span class="tag ${tone}"><span class="key">${escapeHtml(key.replaceAll('_', ' '))}</span> ${escapeHtml(label)}</span>`
}

function stateOf(final: TakenCallback | undefined): { word: string; tone: string } {
  if (final === undefined) return { word: 'No answer', tone: 'warning' }
  return final.status === 'passed'
    ? { word: 'Passed', tone: 'success' }
    : { word: 'Failed', tone: 'error' }
}

function consequence(final: TakenCallback | undefined, level: string): string {
  if (level === 'advisory') return 'Advisory: the run goes on either way, with this beside it.'
  if (final?.status === 'passed') return 'Mandatory, passed: the run goes on by itself.'
  return 'Mandatory, failed: the run ends here and waits for a person to start it anew.'
}
