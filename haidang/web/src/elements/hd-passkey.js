/**
 * <hd-passkey>: asks the browser for a passkey and sends what it answers with the form inside.
 *
 *   <hd-passkey data-way="get|create" data-options="{…}" (or data-from="/login/passkey/") data-none="…" data-refused="…" data-failed="…">
 *     <form method="post"><input type="hidden" name="credential"><button type="button" hidden>Dùng khóa</button><p role="alert" hidden></p></form>
 *   </hd-passkey>
 *
 * Without scripts, or where the browser has no passkeys (an address without https), the button stays hidden.
 */
const WORDS = { NotAllowedError: 'refused', AbortError: 'refused', InvalidStateError: 'known' }

class Passkey extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button')
    const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON
    if (!able) return this.dataset.way === 'create' && this.say('none')
    button.hidden = false
    button.addEventListener('click', () => this.ask(button))
  }

  async ask(button) {
    button.disabled = true
    try {
      const { publicKey: asked } = this.dataset.from ? await this.fetched() : JSON.parse(this.dataset.options)
      const found = this.dataset.way === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) })
      const form = this.querySelector('form')
      form.elements.credential.value = JSON.stringify(found.toJSON())
      form.submit()
    } catch (error) {
      this.say(WORDS[error.name] ?? 'failed')
      button.disabled = false
    }
  }

  async fetched() {
    return (await fetch(this.dataset.from, { headers: { Accept: 'application/json' } })).json()
  }

  say(what) {
    const place = this.querySelector('form [role=alert]')
    place.textContent = this.dataset[what] ?? this.dataset.failed
    place.hidden = false
  }
}

customElements.define('hd-passkey', Passkey)
