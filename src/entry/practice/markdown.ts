// Markdown from a service, shown on the practice platform's page. Untrusted: raw HTML and images
// become text, links keep only http and https addresses.
import { Marked } from 'marked'

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text, href }) => escapeHtml(`[image: ${text || href}]`),
    link({ href, tokens }) {
      const label = this.parser.parseInline(tokens)
      if (!/^https?:\/\//i.test(href)) return label
      return `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${label}</a>`
    },
    // The page has headings of its own above these.
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 3)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
  },
})

/** HTML without scripts, styles, images, event handlers or raw markup from the source. */
export function markdownHtml(source: string): string {
  return marked.parse(source, { async: false })
}

/** Text safe between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
