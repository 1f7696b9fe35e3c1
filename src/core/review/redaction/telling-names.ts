// Names that announce a credential, more widely than a report asks: a value that is shown by its
// number is still told from others.
import { isSecretName } from '../../text/secrets.ts'

/** `PGPASSWORD`, `mysqlpwd`, `STRIPE_APIKEY`: the telling word is glued to another one. */
const GLUED =
  /(?:password|passwd|passphrase|passcode|secret|token|apikey|secretkey|privatekey|accesskey|credentials?|pwd|webhook)s?(?:[_-]?(?:value|string|base64|b64|pem|old|new|previous|\d+))?$/i
/** About credentials, without one: `pagination_token_ttl` ends elsewhere, these end like one. */
const ABOUT = /^(?:max|min|num|number|count|enable|disable|require|has|is|use|allow)[_-]/i

/** The last step of a name, or any of them, announces a credential. */
export function announces(name: string): boolean {
  return name
    .slice(-512)
    .split(/[.[\]"'/\s]+/)
    .some((step) => isSecretName(step) || (GLUED.test(step) && !ABOUT.test(step)))
}

/** `PGPASSWORD=…`, `apikey: …`, in scripts and settings. */
const ASSIGNED =
  /([A-Za-z_][\w.-]{0,127})(\s{0,3}(?:=>|:=|=|:)\s{0,3})("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"';,&|)]{4,4096})/g

const BLOCK =
  /^([ \t]*(?:- )?["']?)([\w.-]{1,128})(["']?:[ \t]*)[|>][+-]?\d?[ \t]*\n((?:\1[ \t]+[^\n]*(?:\n|$)|[ \t]*\n)+)/gm

/** Block scalars of YAML under such a name, written as one string. */
export function joinBlocks(text: string): string {
  return text.replace(BLOCK, (whole, lead: string, name: string, sign: string, lines: string) =>
    announces(name) ? `${lead}${name}${sign}"${oneLine(lines)}"\n` : whole,
  )
}

function oneLine(lines: string): string {
  return lines
    .replace(/["\\]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}

/** Commands and statements that are given a password without naming it. */
const GIVEN: readonly RegExp[] = [
  /((?:^|\s)(?:-u|--user)[\s=]{1,3}["']?[^\s:"']{1,64}:)([^\s"']{3,256})/g,
  /(\b(?:mysql\w*|mariadb\w*|sshpass|docker login|redis-cli|psql|mongo\w*|smbclient|htpasswd)\b[^\n|;&]{0,200}?\s-(?:p|a|w)\s?["']?)(?!\s|["']?-)([^\s"']{3,256})/gi,
  /(\becho\s{1,3}(?:-n\s{1,3})?["']?(?:[\w.-]{1,64}:)?)([^\s"':|]{3,256})(?=["']?\s{0,3}\|\s{0,3}(?:sudo\s{1,3})?(?:chpasswd|passwd|docker login|base64|openssl|htpasswd))/g,
  /(\bidentified\s{1,3}(?:with\s{1,3}\w{1,40}\s{1,3})?by\s{1,3}(?:password\s{1,3})?["'])([^"'\n]{1,256})/gi,
  /(\b(?:password|passwd|pwd|passphrase|secret|token)\s{1,3}["'])([^"'\n]{3,256})/gi,
  /(\b(?:password|passwd|pwd|passphrase|passcode|pin|secret|token|api key|credentials?)\s{1,3}(?:[a-z]{2,12}\s{1,3}){0,3}(?:is|was|are|to|=|:)\s{1,3}["']?)([^\s"']{4,256})/gi,
]

/** Replaces what stands assigned to such a name, and what such commands are given. */
export function replaceAssigned(text: string, put: (value: string) => string): string {
  const named = text.replace(ASSIGNED, (whole, name: string, sign: string, value: string) => {
    const bare = value.replace(/^["']|["']$/g, '')
    return announces(name) && !NO_VALUE.test(bare) ? `${name}${sign}${put(bare)}` : whole
  })
  return GIVEN.reduce(
    (rest, given) =>
      rest.replace(given, (whole, lead: string, value: string) =>
        NO_VALUE.test(value) ? whole : `${lead}${put(value)}`,
      ),
    named,
  )
}

/** A placeholder, a variable of a script, or a plain word of a language. */
const NO_VALUE =
  /^\(?(?:secret|redacted|sensitive|known)\b|^[$%]?\{|^\$|^(?:true|false|null|none)$/i
