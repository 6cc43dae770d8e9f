// The parts of ECharts that the charts of web/charts use; loaded when the first chart comes into the page.
import { BarChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

echarts.use([
  AriaComponent, BarChart, CanvasRenderer, GridComponent, HeatmapChart, LabelLayout, LegendComponent, LineChart, MarkLineComponent,
  MarkPointComponent, PieChart, TooltipComponent,
])

export default echarts
