// Names that announce a credential, more widely than a report asks: a value that is shown by its
// number is still told from others.
import { isSecretName } from '../text/secrets.ts'

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

/** Replaces what stands assigned to such a name. */
export function replaceAssigned(text: string, put: (value: string) => string): string {
  return text.replace(ASSIGNED, (whole, name: string, sign: string, value: string) => {
    const bare = value.replace(/^["']|["']$/g, '')
    if (
      !announces(name) ||
      /^\((?:secret|redacted|sensitive|known)|^[$%]?\{|^\$|^(?:true|false|null|none)$/i.test(bare)
    ) {
      return whole
    }
    return `${name}${sign}${put(bare)}`
  })
}
