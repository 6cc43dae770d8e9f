/**
 * <hd-desk>: a form filled while somebody speaks. A button with `data-put` fills fields, a click on the map sets the
 * position, a button with `data-key` ("F2", "Alt+1", "Ctrl+Enter") is pressed by that key; Enter goes to the next field.
 * Without scripts the form is sent by its buttons.
 *
 *   <hd-desk><form>… <button type="button" data-put='{"place": "06184", "lat": 21.94, "lon": 106.69}'>…</button></form></hd-desk>
 */
class Desk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.keys = (event) => this.key(event)
    this.leaving = (event) => this.unsaved && event.preventDefault()
    document.addEventListener('keydown', this.keys)
    addEventListener('beforeunload', this.leaving)
    this.addEventListener('click', ({ target }) => this.fill(target.closest('[data-put]')))
    this.addEventListener('htmx:afterSwap', () => this.swapped())
    this.addEventListener('pointerdown', ({ target }) => this.listen(target.closest('hd-map')?.map), true)
    this.form.addEventListener('input', ({ target }) => { this.unsaved = target.name === 'text' ? Boolean(target.value) : this.unsaved })
    this.form.addEventListener('submit', () => { this.unsaved = false })
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.keys)
    removeEventListener('beforeunload', this.leaving)
  }

  listen(map) {
    if (!map || map === this.heard) return
    this.heard = map
    map.on('click', ({ lngLat: { lat, lng } }) => this.put({ lat: lat.toFixed(6), lon: lng.toFixed(6), place: '' }, true))
  }

  fill(button) {
    if (!button) return
    this.put(JSON.parse(button.dataset.put))
    if (button.dataset.look) this.querySelector('hd-map')?.map?.easeTo({ center: JSON.parse(button.dataset.look), zoom: 11 })
    if (button.classList.contains('spot')) button.parentElement.replaceChildren()
  }

  /** What the server says of a position is filled in; what it offers opens beside the form, not in its place. */
  swapped() {
    this.fill(this.querySelector('[data-put][data-now]'))
    for (const link of this.querySelectorAll('#suggest a')) link.target = '_blank'
  }

  put(values, again = false) {
    const changed = Object.entries(values).filter(([name, value]) => this.form.elements[name] && this.form.elements[name].value !== String(value))
    for (const [name, value] of changed) this.form.elements[name].value = value
    for (const [name] of changed) this.form.elements[name].dispatchEvent(new Event('change', { bubbles: true }))
    if (again && !changed.some(([name]) => name === 'place')) this.form.elements.place.dispatchEvent(new Event('change', { bubbles: true }))
    if (values.lat) this.pin(values, again)
  }

  /** Where it is stands on the map; one that was pointed at there does not move under the pointer. */
  pin({ lat, lon }, pointed) {
    const { map, library } = this.querySelector('hd-map') ?? {}
    if (!map) return
    this.marker?.remove()
    this.marker = new library.Marker({ color: getComputedStyle(this).getPropertyValue('--beam') }).setLngLat([lon, lat]).addTo(map)
    if (!pointed) map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 12) })
  }

  key(event) {
    const name = `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`
    const button = document.querySelector(`[data-key="${CSS.escape(name)}"]`)
    const found = [...this.querySelectorAll('#where [data-put]')]
    const offer = event.altKey && this.querySelectorAll('#suggest [data-put]')[event.key - 1]
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const here = event.target.name === 'address' ? -1 : found.indexOf(event.target)
    if (button || offer) (button ?? offer).click()
    else if (way && found.length && (here >= 0 || event.target.name === 'address')) (found[here + way] ?? this.form.elements.address).focus()
    else if (event.key === 'Enter' && event.target.matches('hd-desk form input:not([type=checkbox])')) this.onward(event.target, found)
    else return
    event.preventDefault()
  }

  /** Enter takes the first place found for an address, then goes on; it never sends the form half-way. */
  onward(field, found) {
    if (field.name === 'address' && found.length) found[0].click()
    const fields = [...this.form.querySelectorAll('input:not([type=hidden]), textarea, button[type=submit]')].filter((one) => one.offsetParent)
    fields[fields.indexOf(field) + 1]?.focus()
  }
}

customElements.define('hd-desk', Desk)
