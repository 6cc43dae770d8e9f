/**
 * <hd-dialog>: opens the <dialog> inside it; without scripts the link goes to the page that does the same.
 *
 *   <hd-dialog><a class="button" href="/rejects/7">Sửa</a><dialog aria-label="Sửa dòng">…<button value="close" formmethod="dialog">Đóng</button></dialog></hd-dialog>
 *
 * With `data-from` on the link, the dialog's content is fetched from there by htmx first.
 */
import htmx from 'htmx.org'

class Dialog extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const dialog = this.querySelector('dialog')
      const opener = event.target.closest('a, button')
      if (opener && !dialog.contains(opener)) this.open(event, dialog, opener)
      else if (event.target === dialog || opener?.value === 'close') dialog.close()
    })
  }

  async open(event, dialog, opener) {
    event.preventDefault()
    if (opener.dataset.from) await htmx.ajax('GET', opener.dataset.from, { target: dialog, swap: 'innerHTML' })
    dialog.showModal()
  }
}

customElements.define('hd-dialog', Dialog)
