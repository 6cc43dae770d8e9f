// Builds haidang/web/src into haidang/web/static/built. Hashes are hexadecimal and twelve long, the form that
// whitenoise serves as immutable; the manifest tells the server which file is which ({% asset %} in the templates).
import { defineConfig } from 'vite'

const named = '[name].[hash:12]'

export default defineConfig({
  root: 'haidang/web/src',
  base: '/static/built/',
  publicDir: false,
  worker: { format: 'es', rolldownOptions: { output: { hashCharacters: 'hex', entryFileNames: `${named}.js` } } },
  build: {
    outDir: '../static/built',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      checks: { eval: false }, // htmx carries one; allowEval is off and the content policy refuses it
      input: {
        main: 'haidang/web/src/main.js',
        first: 'haidang/web/src/first.js',
        cong: 'haidang/web/src/cong/cong.js',
        sw: 'haidang/web/src/cong/sw.js', // served by the server at /cong/sw.js: it must import nothing
      },
      output: {
        hashCharacters: 'hex',
        entryFileNames: `${named}.js`,
        chunkFileNames: `${named}.js`,
        assetFileNames: `${named}[extname]`,
      },
    },
  },
})
