/**
 * <hd-pick>: a select one types into. Finds without tones, by every word of `data-words` (former names, what people call
 * a thing); up, down, Enter or Tab choose, Escape gives up. Without scripts the select stands as it is.
 *
 *   <label><span>Lĩnh vực</span><hd-pick><select name="category"><option value="">…</option>
 *     <option value="mat-duong" data-words="mat duong hu hong o ga" data-also="ổ gà">Mặt đường hư hỏng</option></select></hd-pick></label>
 */
const MOST = 9
const fold = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase().trim()
let number = 0

class Pick extends HTMLElement {
  connectedCallback() {
    if (this.input) return
    this.select = this.querySelector('select')
    const id = `pick-${number += 1}`
    this.input = Object.assign(document.createElement('input'), { type: 'text', autocomplete: 'off', id: `${this.select.name}-words`, placeholder: this.select.options[0].text })
    this.list = Object.assign(document.createElement('ul'), { id, hidden: true })
    this.list.setAttribute('role', 'listbox')
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', id], ['aria-expanded', 'false']]) this.input.setAttribute(name, value)
    if (this.select.required) this.input.setAttribute('aria-required', 'true')
    this.select.hidden = true
    this.prepend(this.input, this.list)
    this.show()
    this.select.addEventListener('change', () => this.show())
    this.input.addEventListener('focus', () => this.input.select())
    this.input.addEventListener('input', () => this.search())
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('blur', () => this.close(true))
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      this.choose(event.target.closest('li'))
    })
  }

  show() {
    this.input.value = this.select.value ? this.select.selectedOptions[0].text : ''
  }

  search(wanted = fold(this.input.value)) {
    const words = wanted.split(/\s+/)
    const rank = (option) => (option.words ??= ` ${fold(option.text)} ${option.dataset.words ?? ''}`).indexOf(` ${wanted}`)
    const found = [...this.select.options].filter((one) => one.value)
      .filter((one) => (rank(one), words.every((word) => one.words.includes(word))))
      .sort((one, other) => (rank(one) + 1 || 999) - (rank(other) + 1 || 999)).slice(0, MOST)
    this.list.replaceChildren(...found.map((option, place) => {
      const line = Object.assign(document.createElement('li'), { id: `${this.list.id}-${place}`, textContent: option.text })
      line.setAttribute('role', 'option')
      line.dataset.value = option.value
      const also = option.dataset.also || option.parentElement.label
      if (also) line.append(Object.assign(document.createElement('small'), { textContent: also }))
      return line
    }))
    this.list.hidden = !found.length
    this.input.setAttribute('aria-expanded', String(!this.list.hidden))
    this.at(0)
  }

  at(place) {
    const lines = [...this.list.children]
    this.place = Math.min(Math.max(place, 0), lines.length - 1)
    lines.forEach((line, index) => line.setAttribute('aria-selected', String(index === this.place)))
    this.input.setAttribute('aria-activedescendant', lines[this.place]?.id ?? '')
  }

  key(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way) {
      event.preventDefault()
      if (this.list.hidden) this.search('')
      else this.at(this.place + way)
    } else if (event.key === 'Escape') this.close()
    else if (event.key === 'Enter' && !this.list.hidden && !event.ctrlKey) this.choose(this.list.children[this.place])
  }

  choose(line) {
    if (line) this.set(line.dataset.value)
    this.close()
  }

  set(value) {
    if (this.select.value === value) return
    this.select.value = value
    this.select.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /** Left with the list open, what stands first in it is meant; emptied, nothing is. */
  close(left = false) {
    if (left && !this.input.value.trim()) this.set('')
    else if (left && !this.list.hidden) this.set(this.list.children[this.place].dataset.value)
    this.list.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
    this.show()
  }
}

customElements.define('hd-pick', Pick)
