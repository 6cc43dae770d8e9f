/**
 * <hd-filter>: narrows a list or table on the page while one types; tones and đ/d do not matter.
 *
 *   <hd-filter for="rows"><label class="field"><span>Tìm</span><input type="search"></label><output></output></hd-filter>
 *   <table><tbody id="rows"><tr>…</tr></tbody></table>
 *
 * Without scripts the field does nothing and the whole list stands.
 */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

class Filter extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', () => this.apply())
  }

  apply() {
    const wanted = plain(this.querySelector('input').value.trim())
    const rows = [...(document.getElementById(this.getAttribute('for'))?.children ?? [])]
    for (const row of rows) row.hidden = !plain(row.textContent).includes(wanted)
    const output = this.querySelector('output')
    if (output) output.value = wanted ? `${rows.filter((row) => !row.hidden).length} / ${rows.length}` : ''
  }
}

customElements.define('hd-filter', Filter)
