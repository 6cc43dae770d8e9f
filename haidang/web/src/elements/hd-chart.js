/**
 * <hd-chart>: draws the ECharts option that the server made. Computes no number: points carry their written `text`.
 *
 *   <hd-chart id="c1" aria-label="Thu ngân sách theo năm">
 *     <script type="application/json">{"series": [{"type": "line", "data": [{"value": 3.5, "text": "3,5 %"}]}]}</script>
 *   </hd-chart>
 *   <details class="fallback" open><summary>Bảng số</summary><table>…</table></details>
 *   <button data-save-chart="c1" data-name="thu-ngan-sach.png">PNG</button>
 *
 * A point with `href` is a link. Without scripts the table stands in the chart's place.
 */
import { fold, given, onTheme, painted, rem, tip, written } from '../paint.js'

const RESTING = { animationDuration: 260, animationDurationUpdate: 200 }

class Chart extends HTMLElement {
  async connectedCallback() {
    this.option = given(this)
    fold(this)
    this.canvas = Object.assign(document.createElement('div'), { className: 'canvas' })
    this.canvas.setAttribute('role', 'img')
    this.canvas.setAttribute('aria-label', this.getAttribute('aria-label') ?? '')
    this.prepend(this.canvas)
    await document.fonts.ready
    this.echarts = (await import('../echarts.js')).default
    if (!this.isConnected) return
    this.draw()
    this.stop = onTheme(() => this.draw())
    this.watch = new ResizeObserver(() => this.chart?.resize())
    this.watch.observe(this.canvas)
  }

  disconnectedCallback() {
    this.stop?.()
    this.watch?.disconnect()
    this.chart?.dispose()
    this.canvas?.remove()
  }

  /** Other data in the same drawing: it moves to where it now stands. What is drawn otherwise is drawn anew. */
  renew(fresh) {
    const script = this.querySelector('script')
    const text = fresh.querySelector('script').textContent
    if (script.textContent === text) return
    const before = this.option
    script.textContent = text
    this.option = given(this)
    const kinds = (option) => (option.series ?? []).map(({ type }) => type).join()
    if (!this.chart) return
    if (kinds(before) !== kinds(this.option)) return this.draw()
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.chart.setOption({ ...this.dressed(painted(this.option), true), animation: !still })
    this.dispatchEvent(new CustomEvent('hd:renewed', { bubbles: true }))
  }

  /** Drawn anew in other colours it stands at once: a printer does not wait. */
  draw() {
    const again = Boolean(this.chart)
    this.chart?.dispose()
    this.chart = this.echarts.init(this.canvas)
    this.chart.setOption(this.dressed(painted(this.option), again))
    if (again) this.chart.getZr().flush()
    this.chart.on('click', ({ data }) => { if (data?.href) location.assign(data.href) })
    this.dispatchEvent(new CustomEvent('hd:drawn', { bubbles: true }))
  }

  /** The option with what only the page knows: font, size of type, theme, and tips built as elements (no inline style). */
  dressed(option, again) {
    const look = getComputedStyle(document.documentElement)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const soft = look.getPropertyValue('--faint').trim()
    const line = look.getPropertyValue('--line').trim()
    for (const series of option.series ?? []) thicken(series)
    for (const axis of [option.xAxis, option.yAxis].flat().filter(Boolean)) dressAxis(axis, soft, line)
    return {
      ...RESTING,
      animation: !still && !again,
      ...option,
      textStyle: { fontFamily: look.fontFamily, fontSize: rem(0.8125), color: soft },
      tooltip: {
        confine: true, transitionDuration: 0, ...option.tooltip, formatter: tipOf,
        backgroundColor: look.getPropertyValue('--panel').trim(), borderColor: look.getPropertyValue('--edge').trim(),
        textStyle: { color: look.getPropertyValue('--ink').trim(), fontSize: rem(0.8125) },
        axisPointer: { lineStyle: { color: soft, type: 'dashed' }, shadowStyle: { color: look.getPropertyValue('--raised').trim(), opacity: 0.5 } },
      },
      legend: option.legend && { textStyle: { color: soft, fontSize: rem(0.8125) }, itemHeight: rem(0.5), itemWidth: rem(1.2), ...option.legend },
    }
  }

  save(name) {
    const background = getComputedStyle(document.documentElement).getPropertyValue('--panel').trim()
    const link = document.createElement('a')
    link.href = this.chart.getDataURL({ pixelRatio: 2, backgroundColor: background })
    link.download = name
    link.click()
  }
}

/** Lines and points keep their weight on a wall, where the root size has grown. */
function thicken(series) {
  if (series.lineStyle?.width) series.lineStyle.width *= rem(1) / 16
  for (const point of series.data ?? []) if (point?.symbolSize) point.symbolSize *= rem(1) / 16
  if (series.barMaxWidth) series.barMaxWidth *= rem(1) / 16
}

function dressAxis(axis, soft, line) {
  axis.axisLabel = { color: soft, fontSize: rem(0.8), hideOverlap: true, ...axis.axisLabel }
  if (axis.type === 'value') axis.axisLabel.formatter ??= written
  axis.axisLine = { lineStyle: { color: line }, ...axis.axisLine }
  axis.axisTick = { show: false }
  axis.splitLine = { lineStyle: { color: line }, ...axis.splitLine }
}

function tipOf(points) {
  const all = [points].flat().filter((point) => point.data?.text)
  if (!all.length) return ''
  const several = all.length > 1 || all[0].seriesType !== 'pie'
  const named = (point) => (point.seriesName && !point.seriesName.startsWith('series') ? `${point.seriesName}: ` : '')
  return tip([all[0].data.name ?? all[0].name, ...all.map((point) => (several ? named(point) : '') + point.data.text)])
}

customElements.define('hd-chart', Chart)

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-save-chart]')
  if (button) document.getElementById(button.dataset.saveChart)?.save(button.dataset.name ?? 'hai-dang.png')
})
