/**
 * <hd-map>: draws places from the MapLibre source and layers that the server made, coloured by steps the server chose.
 *
 *   <hd-map aria-label="Tỷ lệ theo xã" class="high" roam>
 *     <script type="application/json">{"shapes": "/map/shapes/commune/20.json", "layers": [{"id": "areas", …}],
 *       "tips": {"06184": ["Xã Đồng Đăng", "9,1 %"]}, "links": {"06184": "/places/06184"}, "chosen": "06184"}</script>
 *   </hd-map>
 *   <details class="fallback" open>…table…</details>
 *
 * `roam`: wheel and pinch zoom (a map of its own page); without it a map inside a page lets the page scroll.
 * Colours may be `var(--s3)`. The table below carries the same numbers and links for the keyboard.
 */
import { fold, given, onTheme, painted, rem, tip } from '../paint.js'

class Places extends HTMLElement {
  async connectedCallback() {
    fold(this)
    this.plan = given(this)
    this.canvas = Object.assign(document.createElement('div'), { className: 'canvas' })
    this.prepend(this.canvas)
    try {
      const [library, answer] = await Promise.all([import('../maplibre.js'), fetch(this.plan.shapes)])
      if (!answer.ok) throw new Error(`${answer.status}`)
      this.library = library.default
      this.shapes = await answer.json()
      if (this.isConnected) this.draw()
    } catch (trouble) {
      this.fail(trouble)
    }
    this.stop = onTheme(() => this.map && this.repaint())
  }

  disconnectedCallback() {
    this.stop?.()
    this.map?.remove()
    this.canvas?.remove()
  }

  /** No shapes or no graphics: the table opens, nothing is hidden behind an empty box. */
  fail(trouble) {
    console.warn('hd-map', trouble)
    this.canvas.remove()
    this.setAttribute('failed', '')
    fold(this, true)
  }

  draw() {
    this.map?.remove()
    const roam = this.hasAttribute('roam')
    this.map = new this.library.Map({
      container: this.canvas, bounds: boundsOf(this.shapes), fitBoundsOptions: { padding: rem(0.8) }, attributionControl: false,
      scrollZoom: roam, dragPan: roam || matchMedia('(pointer: fine)').matches, dragRotate: false, touchPitch: false, maxPitch: 0,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true }, renderWorldCopies: false, fadeDuration: 0,
      style: {
        version: 8,
        sources: { places: { type: 'geojson', data: this.shapes, promoteId: 'code' }, ...sources(this.plan) },
        layers: this.layers(),
      },
    })
    this.map.getCanvas().setAttribute('aria-label', this.getAttribute('aria-label') ?? '')
    if (roam) this.map.addControl(new this.library.NavigationControl({ showCompass: false }), 'top-right')
    this.listen()
    this.map.once('idle', () => this.setAttribute('ready', ''))
    this.watch?.disconnect()
    this.moved = false
    this.map.on('movestart', ({ originalEvent }) => { this.moved ||= Boolean(originalEvent) })
    this.watch = new ResizeObserver(() => {
      this.map.resize()
      if (!this.moved) this.map.fitBounds(boundsOf(this.shapes), { padding: rem(0.8), duration: 0 })
    })
    this.watch.observe(this.canvas)
  }

  /** Other figures, or the shapes of another day: the map stays where it was moved to. */
  async renew(fresh) {
    const script = this.querySelector('script')
    const text = fresh.querySelector('script').textContent
    if (script.textContent === text) return
    const before = this.plan
    script.textContent = text
    this.plan = given(this)
    if (!this.map) return
    for (const [name, { data }] of Object.entries(sources(this.plan))) this.map.getSource(name)?.setData(data)
    if (before.shapes === this.plan.shapes) return this.repaint()
    const answer = await fetch(this.plan.shapes)
    if (!answer.ok) return this.fail(new Error(`${answer.status}`))
    this.shapes = await answer.json()
    const view = this.moved && { center: this.map.getCenter(), zoom: this.map.getZoom() }
    this.draw()
    if (!view) return
    this.map.jumpTo(view)
    this.moved = true
  }

  layers() {
    return painted([{ id: 'ground', type: 'background', paint: { 'background-color': 'var(--panel)' } }, ...this.plan.layers])
  }

  /** Other colours on the same map, at once: it stays where it was moved to, and a printer does not wait. */
  repaint() {
    for (const { id, paint } of this.layers()) {
      for (const [name, value] of Object.entries(paint)) this.map.setPaintProperty(id, name, value)
    }
    this.map.redraw()
  }

  listen() {
    const popup = new this.library.Popup({ closeButton: false, closeOnClick: false, maxWidth: 'none' })
    let over = null
    const leave = () => {
      if (over !== null) this.map.setFeatureState({ source: 'places', id: over }, { over: false })
      over = null
      popup.remove()
      this.map.getCanvas().style.cursor = ''
    }
    this.map.on('mousemove', 'areas', ({ features, lngLat }) => {
      const code = features[0].id
      if (code !== over) {
        leave()
        over = code
        this.map.setFeatureState({ source: 'places', id: over }, { over: true })
        popup.setDOMContent(tip(this.plan.tips[code] ?? [features[0].properties.name])).addTo(this.map)
        this.map.getCanvas().style.cursor = this.plan.links?.[code] ? 'pointer' : ''
      }
      popup.setLngLat(lngLat)
    })
    this.map.on('mouseleave', 'areas', leave)
    // A finger has no pointer to rest: the first tap says what is there, the second on the same place opens it.
    let told = null
    this.map.on('click', 'areas', ({ features: [{ id }] }) => {
      const first = matchMedia('(hover: none)').matches && told !== id
      told = id
      const href = this.plan.links?.[id]
      if (href && !first) location.assign(href)
    })
    if (this.plan.layers.some(({ id }) => id === 'dots')) this.listenToDots(popup)
  }

  /** Points of the layer `dots`: their `tip` (lines) and `href` stand in their properties. */
  listenToDots(popup) {
    const said = ({ properties: { tip: lines } }) => tip(Array.isArray(lines) ? lines : JSON.parse(lines))
    this.map.on('mousemove', 'dots', ({ features: [dot], lngLat }) => {
      popup.setDOMContent(said(dot)).setLngLat(lngLat).addTo(this.map)
      this.map.getCanvas().style.cursor = dot.properties.href ? 'pointer' : ''
    })
    this.map.on('mouseleave', 'dots', () => popup.remove())
    let told = null
    this.map.on('click', 'dots', ({ features: [dot], lngLat }) => {
      const first = matchMedia('(hover: none)').matches && told !== dot.properties.href
      told = dot.properties.href
      if (first) popup.setDOMContent(said(dot)).setLngLat(lngLat).addTo(this.map)
      else if (told) location.assign(told)
    })
  }
}

/** Further sources of the plan; an address is made whole, since the map's own worker knows no page. */
const sources = ({ sources: given = {} }) => Object.fromEntries(Object.entries(given).map(([name, one]) => (
  [name, typeof one.data === 'string' ? { ...one, data: new URL(one.data, location).href } : one]
)))

/** West, south, east, north of a collection of shapes. */
function boundsOf(shapes) {
  const box = [180, 90, -180, -90]
  const reach = (part) => {
    if (typeof part[0] !== 'number') return part.forEach(reach)
    box[0] = Math.min(box[0], part[0])
    box[1] = Math.min(box[1], part[1])
    box[2] = Math.max(box[2], part[0])
    box[3] = Math.max(box[3], part[1])
  }
  for (const { geometry } of shapes.features) if (geometry) reach(geometry.coordinates)
  return box
}

customElements.define('hd-map', Places)
