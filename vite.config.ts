import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console. Nothing is inlined into the page, so that the content policy can stay strict about scripts. */
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: 'index.html', 'service-worker': 'web/pages/phone/service-worker.ts' },
      // The worker watches over the pages below its own address, so it stands at the root under a lasting name.
      output: { entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
    chunkSizeWarningLimit: 1_200, // kB; the map's library is one piece of this size and loads with the map only
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } } },
});
