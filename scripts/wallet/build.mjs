// Bundles wallet.js and its licences: `node build.mjs FOLDER`. Run by scripts/wallet.sh.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const out = process.argv[2];
// The package brings all of sjcl, ciphers and a random generator included, and uses its numbers
// alone. These parts of the same release of sjcl are those numbers: 7 kB less, the same arithmetic.
const PARTS = ["sjcl", "bitArray", "codecBase64", "codecBytes", "bn"];

const numbersAlone = {
  name: "numbers alone",
  setup(bundle) {
    bundle.onLoad({ filter: /blindrsa-ts\/lib\/src\/sjcl\/index\.js$/ }, async () => {
      const parts = PARTS.map((part) => readFile(`node_modules/sjcl/core/${part}.js`, "utf8"));
      return { contents: [...(await Promise.all(parts)), "export default sjcl;"].join("\n") };
    });
  },
};

await mkdir(out, { recursive: true });
await build({
  entryPoints: ["wallet.js"],
  outfile: `${out}/wallet.js`,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/*! Lamplight's wallet, built by scripts/wallet.sh; licences: wallet.LICENSE.txt */" },
  plugins: [numbersAlone],
});

const licences = ["@cloudflare/blindrsa-ts", "sjcl"].map(
  async (name) => `${name}\n\n${await readFile(`node_modules/${name}/LICENSE.txt`, "utf8")}`,
);
await writeFile(`${out}/wallet.LICENSE.txt`, (await Promise.all(licences)).join("\n\n"));
