/**
 * <hd-theme>: changes dark, light, auto at once, and keeps the choice by the link it wraps.
 *
 *   <hd-theme><a href="?theme=dark">Tối</a><a href="?theme=light" aria-current="true">Sáng</a><a href="?theme=auto">Theo máy</a></hd-theme>
 *
 * Without scripts the links do it all: the server keeps the choice and draws the page anew.
 */
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const link = event.target.closest('a')
      if (!link) return
      event.preventDefault()
      document.documentElement.dataset.theme = new URL(link.href).searchParams.get('theme')
      for (const other of this.querySelectorAll('a')) other.toggleAttribute('aria-current', other === link)
      link.setAttribute('aria-current', 'true')
      document.dispatchEvent(new Event('hd:theme'))
      fetch(link.href, { method: 'HEAD' })
    })
  }
}

customElements.define('hd-theme', Theme)
