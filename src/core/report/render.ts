// One decision, five surfaces. The run task has its own, in run-task.ts.
import type { Decision } from '../decision.ts'
import { unreachable } from '../result.ts'
import { renderAtlantis } from './atlantis.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { renderTerminal } from './terminal.ts'

export type Format = 'json' | 'markdown' | 'text' | 'html' | 'atlantis'

export interface RenderOptions {
  /** ANSI colours; `text` only. Default false. */
  readonly color?: boolean
  /** Columns of `text`, 40 or more. Default 80. */
  readonly width?: number
}

/** The decision as a document of the format; ends in a line break. Nothing in it is live text. */
export function render(decision: Decision, format: Format, options: RenderOptions = {}): string {
  switch (format) {
    case 'json':
      return renderJson(decision)
    case 'markdown':
      return renderMarkdown(decision)
    case 'text':
      return renderTerminal(decision, options)
    case 'html':
      return renderHtml(decision)
    case 'atlantis':
      return renderAtlantis(decision)
    default:
      return unreachable(format)
  }
}
