// MapLibre with its worker from our own address; loaded when the first map comes into the page.
import * as maplibre from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'

maplibre.setWorkerUrl(worker)

export default maplibre
