/** `npm start`: bundles the page, serves it, and says where. A port may be given; default 8025. */
import { bundlePage, servePage } from './site.mjs';

await bundlePage();
const server = await servePage(Number(process.argv[2] ?? 8025)).catch((error) => {
  console.error(`error: the page cannot be served: ${error.message}; give another port: npm start -- 8026`);
  process.exit(1);
});
const { port } = server.address();
console.log(`http://localhost:${port}/                 on the CPU (wasm)`);
console.log(`http://localhost:${port}/?device=webgpu   on the GPU`);
console.log('Ctrl-C ends it.');
